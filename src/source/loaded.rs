//! Bytes of a page as they were read or fetched.

/// What a source yields, before decoding.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Path as given, `-`, or the URL, without user and password.
    pub source: String,
    /// The bytes, decompressed.
    pub bytes: Vec<u8>,
    /// Charset of the HTTP header.
    pub charset: Option<String>,
}
