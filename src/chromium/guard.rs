//! The only way from the browser to the web: a proxy on the loopback address that resolves
//! names itself and connects to public addresses only.
//!
//! Looking at requests in the browser is not enough: web sockets are not shown there, and
//! a public name may stand for a private address.

use crate::fetch;
use crate::limits;
use std::io::{Error, ErrorKind, Read, Result, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use url::Url;

/// Bytes of a request's head.
const HEAD: usize = 64 * 1024;
/// Time for a request's head to arrive.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// Time without a byte in both directions.
const SILENCE: Duration = Duration::from_secs(60);

/// A running proxy; it ends with this value.
#[derive(Debug)]
pub struct Guard {
    address: SocketAddr,
    ended: Arc<AtomicBool>,
}

struct Door {
    ended: Arc<AtomicBool>,
    /// Whether private addresses may be reached: for pages that live on one.
    private: bool,
    open: AtomicUsize,
}

impl Guard {
    /// Starts a proxy.
    ///
    /// # Errors
    /// No port on the loopback address.
    pub fn start(private: bool) -> Result<Guard> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let ended = Arc::new(AtomicBool::new(false));
        let door = Arc::new(Door { ended: Arc::clone(&ended), private, open: AtomicUsize::new(0) });
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if door.ended.load(Ordering::Relaxed) {
                    break;
                }
                if door.open.fetch_add(1, Ordering::Relaxed) >= limits::BROWSER_CONNECTIONS {
                    door.open.fetch_sub(1, Ordering::Relaxed);
                    continue;
                }
                let door = Arc::clone(&door);
                std::thread::spawn(move || {
                    // what breaks, the browser tells as a failed request
                    let _ = door.serve(stream);
                    door.open.fetch_sub(1, Ordering::Relaxed);
                });
            }
        });
        Ok(Guard { address, ended })
    }

    /// Its address as browsers take it.
    pub fn proxy(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        // wakes the listener, so that it sees the end
        let _ = TcpStream::connect_timeout(&self.address, Duration::from_secs(1));
    }
}

impl Door {
    fn serve(&self, mut client: TcpStream) -> Result<()> {
        let (head, rest) = head(&mut client)?;
        let line = head.lines().next().unwrap_or("");
        let mut words = line.split(' ');
        let (Some(method), Some(target)) = (words.next(), words.next()) else {
            return refuse(&mut client, "400 Bad Request");
        };
        let tunnel = method == "CONNECT";
        let address = if tunnel { format!("https://{target}/") } else { target.to_string() };
        let Ok(url) = Url::parse(&address) else { return refuse(&mut client, "400 Bad Request") };
        let Some(mut server) = self.connect(&url) else { return refuse(&mut client, "403 Forbidden") };
        if tunnel {
            client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
        } else {
            server.write_all(origin_form(method, &url, &head).as_bytes())?;
        }
        server.write_all(&rest)?;
        both_ways(client, server)
    }

    /// A connection to an address that may be reached.
    fn connect(&self, url: &Url) -> Option<TcpStream> {
        if !self.private && fetch::is_private(url) {
            return None;
        }
        let host = url.host_str()?.trim_start_matches('[').trim_end_matches(']').to_string();
        let found = (host.as_str(), url.port_or_known_default()?).to_socket_addrs().ok()?;
        let mut open = found.filter(|a| self.private || !fetch::private(a.ip())).take(4);
        open.find_map(|a| TcpStream::connect_timeout(&a, limits::CONNECT_TIME).ok())
    }
}

fn refuse(client: &mut TcpStream, status: &str) -> Result<()> {
    client
        .write_all(format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").as_bytes())
}

/// A request's head, and what came behind it.
fn head(client: &mut TcpStream) -> Result<(String, Vec<u8>)> {
    let (mut bytes, mut part) = (Vec::new(), [0u8; 4096]);
    let until = Instant::now() + HEAD_TIME;
    loop {
        let left = until.saturating_duration_since(Instant::now()).max(Duration::from_millis(1));
        client.set_read_timeout(Some(left))?;
        let n = client.read(&mut part)?;
        bytes.extend_from_slice(&part[..n]);
        if let Some(end) = bytes.windows(4).position(|w| w == b"\r\n\r\n") {
            let rest = bytes.split_off(end + 4);
            return Ok((String::from_utf8_lossy(&bytes).into_owned(), rest));
        }
        if n == 0 || bytes.len() > HEAD || Instant::now() >= until {
            return Err(Error::new(ErrorKind::InvalidData, "no request"));
        }
    }
}

/// The request as its server expects it; one a connection, since the next may be for another.
fn origin_form(method: &str, url: &Url, head: &str) -> String {
    let query = url.query().map_or(String::new(), |q| format!("?{q}"));
    let mut text = format!("{method} {}{query} HTTP/1.1\r\n", url.path());
    for line in head.lines().skip(1).filter(|l| !l.is_empty()) {
        let name = line.split(':').next().unwrap_or("").to_ascii_lowercase();
        if !name.starts_with("proxy-") && name != "connection" {
            text.push_str(line);
            text.push_str("\r\n");
        }
    }
    text.push_str("Connection: close\r\n\r\n");
    text
}

fn both_ways(client: TcpStream, server: TcpStream) -> Result<()> {
    for stream in [&client, &server] {
        stream.set_read_timeout(Some(SILENCE))?;
        stream.set_write_timeout(Some(SILENCE))?;
    }
    let (from, to) = (client.try_clone()?, server.try_clone()?);
    let there = std::thread::spawn(move || pour(from, to));
    pour(server, client);
    let _ = there.join();
    Ok(())
}

fn pour(mut from: TcpStream, mut to: TcpStream) {
    let _ = std::io::copy(&mut from, &mut to);
    let _ = to.shutdown(Shutdown::Write);
    let _ = from.shutdown(Shutdown::Read);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server() -> (u16, Arc<AtomicUsize>) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let count = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&count);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                counted.fetch_add(1, Ordering::SeqCst);
                let (head, _) = head(&mut stream).expect("a request");
                let line = head.lines().next().unwrap_or("").to_string();
                let body = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{line}", line.len());
                stream.write_all(body.as_bytes()).expect("an answer");
            }
        });
        (port, count)
    }

    fn ask(guard: &Guard, request: &str) -> String {
        let mut stream = TcpStream::connect(guard.address).expect("the proxy");
        stream.write_all(request.as_bytes()).expect("asked");
        stream.set_read_timeout(Some(Duration::from_secs(5))).expect("a limit");
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer);
        answer
    }

    #[test]
    fn private_addresses_are_reached_from_private_pages_only() {
        let (port, count) = server();
        let guard = Guard::start(false).expect("a proxy");
        for host in ["127.0.0.1", "localhost", "[::1]", "0x7f.1", "[::ffff:127.0.0.1]"] {
            for request in [
                format!("GET http://{host}:{port}/a HTTP/1.1\r\nHost: {host}\r\n\r\n"),
                format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}\r\n\r\nGET /a HTTP/1.1\r\n\r\n"),
            ] {
                assert!(ask(&guard, &request).starts_with("HTTP/1.1 403"), "{request}");
            }
        }
        assert!(ask(&guard, "GET /origin/form HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 400"));
        assert_eq!(count.load(Ordering::SeqCst), 0, "nothing was reached");
        let guard = Guard::start(true).expect("a proxy");
        let plain =
            format!("GET http://127.0.0.1:{port}/a?b HTTP/1.1\r\nProxy-Connection: keep-alive\r\n\r\n");
        assert!(ask(&guard, &plain).ends_with("GET /a?b HTTP/1.1"));
        let tunnel = format!("CONNECT 127.0.0.1:{port} HTTP/1.1\r\n\r\nGET /c HTTP/1.1\r\n\r\n");
        assert!(ask(&guard, &tunnel).ends_with("GET /c HTTP/1.1"));
        assert_eq!(count.load(Ordering::SeqCst), 2);
    }
}
