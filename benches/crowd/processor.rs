//! Time that the processor has worked for this program: other programs do not disturb it.

#[repr(C)]
struct Time {
    seconds: i64,
    nanoseconds: i64,
}

unsafe extern "C" {
    fn clock_gettime(clock: i32, time: *mut Time) -> i32;
}

/// `CLOCK_PROCESS_CPUTIME_ID` of Linux.
const PROCESS: i32 = 2;

/// Seconds of all threads so far.
pub fn seconds() -> f64 {
    let mut time = Time {
        seconds: 0,
        nanoseconds: 0,
    };
    // SAFETY: the C library writes one `timespec`, which is two 64-bit numbers on 64-bit Linux.
    let failed = unsafe { clock_gettime(PROCESS, &raw mut time) };
    assert_eq!(failed, 0, "the processor's clock cannot be read");
    time.seconds as f64 + 1e-9 * time.nanoseconds as f64
}
