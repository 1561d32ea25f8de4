//! stub
pub(crate) fn open(_: &str) -> crate::Status {
    crate::Status::Fine
}
