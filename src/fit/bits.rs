//! Numbers that survive a file to the last bit: a search that is resumed must go on exactly where it was.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Numbers, written as their bits.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Exact(pub Vec<f64>);

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|it| it.to_bits()))
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bits = Vec::<u64>::deserialize(deserializer)?;
        Ok(Self(bits.into_iter().map(f64::from_bits).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_comes_back_as_it_was() {
        let numbers = Exact(vec![0.1, -0.0, f64::INFINITY, f64::MIN_POSITIVE, 1.0 / 3.0]);
        let text = serde_json::to_string(&numbers).unwrap();
        let back: Exact = serde_json::from_str(&text).unwrap();
        let bits = |it: &Exact| it.0.iter().map(|it| it.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&numbers), bits(&back));
    }
}
