//! Starts the page where the document keeps a place for it.

fn main() {
    fencepost_web::start();
}
