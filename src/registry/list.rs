//! How a list of the registry is written: names with a row each, of which an enum and all that iterates it are made.

/// An enum and its rows, in one list.
///
/// A row is a constant with a field `key`. Attributes of a name (such as `#[cfg(test)]`) hold for its row as well.
macro_rules! list {
    ($(#[$about:meta])* $name:ident: $row:ty { $($(#[$only:meta])* $variant:ident = $value:expr,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(usize)]
        #[expect(missing_docs, reason = "each is what its row says")]
        pub enum $name { $($(#[$only])* $variant,)+ }

        impl $name {
            /// How many there are.
            pub const COUNT: usize = [$($(#[$only])* stringify!($variant),)+].len();

            /// All of them, in the order of the registry.
            pub const ALL: [Self; Self::COUNT] = [$($(#[$only])* Self::$variant,)+];

            const ROWS: &'static [$row; Self::COUNT] = &[$($(#[$only])* $value,)+];

            /// The keys, in the order of the registry.
            pub const KEYS: [&'static str; Self::COUNT] = {
                let mut keys = [""; Self::COUNT];
                let mut at = 0;
                while at < keys.len() {
                    keys[at] = Self::ROWS[at].key;
                    at += 1;
                }
                keys
            };

            /// What the registry says of it.
            pub const fn row(self) -> &'static $row {
                &Self::ROWS[self as usize]
            }

            /// The word used in files.
            pub const fn key(self) -> &'static str {
                self.row().key
            }

            /// The one with this key.
            pub fn from_key(key: &str) -> Option<Self> {
                crate::document::Choice::from_word(key)
            }
        }

        impl crate::document::Choice for $name {
            const WORDS: &'static [&'static str] = &Self::KEYS;
            const VALUES: &'static [Self] = &Self::ALL;
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.key())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let key = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::from_key(&key).ok_or_else(|| serde::de::Error::unknown_variant(&key, &Self::KEYS))
            }
        }
    };
}

pub(super) use list;
