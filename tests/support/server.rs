//! A server on the loopback address that misbehaves as asked.
#![allow(dead_code)]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

/// What the server does with a connection, given the request's path.
pub type Answer = Arc<dyn Fn(&str, &mut TcpStream) + Send + Sync>;

/// Starts a server; gives its port. It lives as long as the test's process.
pub fn serve(answer: impl Fn(&str, &mut TcpStream) + Send + Sync + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let answer: Answer = Arc::new(answer);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answer = Arc::clone(&answer);
            std::thread::spawn(move || {
                let mut stream = stream;
                let path = request(&mut stream);
                answer(&path, &mut stream);
            });
        }
    });
    port
}

/// Reads a request's head; gives its path.
fn request(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut byte = [0u8; 1];
    while !head.ends_with(b"\r\n\r\n") && head.len() < 64 * 1024 {
        match stream.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => break,
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    head.split_ascii_whitespace().nth(1).unwrap_or("/").to_string()
}

/// A whole answer.
pub fn reply(stream: &mut TcpStream, status: &str, headers: &[(&str, &str)], body: &[u8]) {
    let mut head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n", body.len());
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    // a client that hung up is what some tests are about
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
}
