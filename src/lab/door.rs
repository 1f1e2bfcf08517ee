//! The door to the outside: memory that a page writes to and reads from, and three functions without mangled names.

use std::cell::RefCell;

thread_local! {
    /// The request that the page writes, and then the answer that it reads.
    static MAIL: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Room for a request of so many bytes; the page writes it there.
#[unsafe(no_mangle)]
pub extern "C" fn lab_room(length: usize) -> *mut u8 {
    MAIL.with_borrow_mut(|mail| {
        mail.clear();
        mail.resize(length, 0);
        mail.as_mut_ptr()
    })
}

/// Answers the request that stands in the room; says how many bytes the answer has.
#[unsafe(no_mangle)]
pub extern "C" fn lab_answer() -> usize {
    MAIL.with_borrow_mut(|mail| {
        *mail = super::answer(&String::from_utf8_lossy(mail)).into_bytes();
        mail.len()
    })
}

/// Where the answer stands, until there is room for another request.
#[unsafe(no_mangle)]
pub extern "C" fn lab_place() -> *const u8 {
    MAIL.with_borrow(|mail| mail.as_ptr())
}
