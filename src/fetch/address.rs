//! Private addresses: a public page must not lead the fetcher into a private network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// Whether the URL's host is written as, or stands for, an address of this machine or a
/// private network.
pub fn is_private(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => private(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => private(IpAddr::V6(ip)),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            name == "localhost"
                || name.ends_with(".localhost")
                || name.ends_with(".local")
                || name.ends_with(".internal")
        }
        None => false,
    }
}

/// Whether an address is not on the public internet (IANA special-purpose registries).
pub fn private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => v4(ip),
        IpAddr::V6(ip) => v6(ip),
    }
}

fn v4(ip: Ipv4Addr) -> bool {
    let [a, b, ..] = ip.octets();
    ip.is_loopback()
        || ip.is_private()
        || ip.is_link_local()
        || ip.is_unspecified()
        || ip.is_broadcast()
        || a == 0
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && ip.octets()[2] == 0)
        || (a == 198 && (b == 18 || b == 19))
        || a >= 240
}

fn v6(ip: Ipv6Addr) -> bool {
    if let Some(v4_mapped) = ip.to_ipv4_mapped() {
        return v4(v4_mapped);
    }
    let s = ip.segments();
    // NAT64 carries a v4 address in its last two groups
    if s[0] == 0x64 && s[1] == 0xff9b {
        return v4(Ipv4Addr::new((s[6] >> 8) as u8, s[6] as u8, (s[7] >> 8) as u8, s[7] as u8));
    }
    ip.is_loopback() || ip.is_unspecified() || (s[0] & 0xfe00) == 0xfc00 || (s[0] & 0xffc0) == 0xfe80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_private_address_is_one() {
        for host in [
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f000001",
            "0177.0.0.1",
            "[::ffff:127.0.0.1]",
            "0.0.0.0",
            "①②⑦.0.0.1",
            "[::]",
            "169.254.169.254",
            "100.64.0.1",
            "[fc00::1]",
            "[fe80::1]",
            "[::ffff:10.0.0.1]",
            "[64:ff9b::a00:1]",
            "localhost",
            "a.localhost",
            "10.0.0.1",
            "192.168.1.1",
            "172.16.0.1",
            "printer.local",
        ] {
            let url = Url::parse(&format!("http://{host}/")).expect("an address");
            assert!(is_private(&url), "{host}");
        }
        for host in ["example.com", "8.8.8.8", "[2606:4700::1]", "172.32.0.1", "localhost.example.com"] {
            let url = Url::parse(&format!("http://{host}/")).expect("an address");
            assert!(!is_private(&url), "{host}");
        }
    }
}
