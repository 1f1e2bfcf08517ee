//! Work side by side: on threads where the feature `parallel` is on, one piece after the other where it is not.
//!
//! No result depends on how many threads there are: pieces come back in their order.

#[cfg(feature = "parallel")]
mod side_by_side {
    pub(crate) use rayon::current_num_threads as count;
    pub(crate) use rayon::prelude;
    use rayon::{ThreadPool, ThreadPoolBuilder};

    /// Threads at most: more than any machine of today has processors for, and few enough to be started.
    const MOST: usize = 1024;

    /// Bytes of stack for each: as many as a program's first thread usually has.
    const STACK: usize = 8 << 20;

    /// Does some work with so many threads, or as many as there are processors (or as `RAYON_NUM_THREADS` says).
    ///
    /// Where the system refuses that many, half as many are tried, and so on down to the one that is there already.
    pub fn with_threads<T: Send>(threads: Option<u16>, work: impl FnOnce() -> T + Send) -> T {
        pool(threads.map_or_else(usual, usize::from).clamp(1, MOST), start).install(work)
    }

    fn usual() -> usize {
        let named = std::env::var("RAYON_NUM_THREADS").ok();
        let named = named
            .and_then(|text| text.trim().parse().ok())
            .filter(|threads| *threads > 0);
        named.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
    }

    fn pool(threads: usize, start: impl Fn(usize) -> Option<ThreadPool>) -> ThreadPool {
        std::iter::successors(Some(threads), |threads| Some(threads / 2))
            .take_while(|threads| *threads > 0)
            .find_map(start)
            .unwrap_or_else(|| {
                let here = ThreadPoolBuilder::new().num_threads(1).use_current_thread();
                here.build().expect("the thread that is there already can be used")
            })
    }

    fn start(threads: usize) -> Option<ThreadPool> {
        ThreadPoolBuilder::new()
            .num_threads(threads)
            .stack_size(STACK)
            .build()
            .ok()
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn as_many_threads_as_wanted_and_as_the_system_gives() {
            assert_eq!(with_threads(Some(3), count), 3);
            assert_eq!(
                pool(40, |threads| start(threads).filter(|_| threads < 8)).current_num_threads(),
                5
            );
            let none = std::thread::spawn(|| pool(40, |_| None).install(count));
            assert_eq!(none.join().unwrap(), 1);
        }
    }
}

#[cfg(not(feature = "parallel"))]
mod one_after_the_other {
    pub(crate) mod prelude {
        /// What comes one after the other instead of side by side.
        pub(crate) trait IntoParallelIterator: IntoIterator + Sized {
            /// All of it, in order.
            fn into_par_iter(self) -> Self::IntoIter {
                self.into_iter()
            }
        }

        impl<T: IntoIterator> IntoParallelIterator for T {}

        /// As [`IntoParallelIterator`], borrowed.
        pub(crate) trait IntoParallelRefIterator<T> {
            /// All of it, in order.
            fn par_iter(&self) -> std::slice::Iter<'_, T>;
        }

        impl<T> IntoParallelRefIterator<T> for [T] {
            fn par_iter(&self) -> std::slice::Iter<'_, T> {
                self.iter()
            }
        }
    }

    /// One.
    pub(crate) fn count() -> usize {
        1
    }
}

#[cfg(not(feature = "parallel"))]
pub(crate) use one_after_the_other::{count, prelude};
#[cfg(feature = "parallel")]
pub(crate) use side_by_side::{count, prelude};

#[cfg(feature = "parallel")]
pub use side_by_side::with_threads;
