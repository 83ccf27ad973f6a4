//! Bytes of a page as they were read or fetched.

use url::Url;

/// What a source yields, before decoding.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Path as given, `-`, or the URL, without user and password.
    pub source: String,
    /// The bytes, decompressed.
    pub bytes: Vec<u8>,
    /// Charset of the HTTP header.
    pub charset: Option<String>,
    /// Where a page of the web came from in the end, redirects followed.
    pub address: Option<Url>,
}
