//! Who there is.
