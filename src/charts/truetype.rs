//! A reader of the two vendored faces: which glyph a letter has, how wide it is, how two stand together, what its outline is.
//!
//! It reads what those files hold and nothing else: letters by a table of segments (`cmap` format 4), pairs in one list (`kern` format 0), short
//! offsets (`loca`), quadratic outlines, and glyphs put together from others by moving them. A test goes through every glyph of both.
//!
//! # Source
//!
//! OpenType specification 1.9.1, tables `cmap`, `head`, `hhea`, `hmtx`, `kern`, `loca`, `glyf` (ISO/IEC 14496-22).

/// A face.
pub(crate) struct Face {
    /// Units of the font per em.
    pub(crate) units_per_em: u16,
    /// Glyphs with a width of their own; those after them have the width of the last.
    widths: usize,
    cmap: Bytes,
    hmtx: Bytes,
    kern: Bytes,
    #[cfg(feature = "pixels")]
    loca: Bytes,
    #[cfg(feature = "pixels")]
    glyf: Bytes,
}

/// The number of a glyph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Glyph(pub(crate) u16);

/// A part of a font file; numbers are stored with the greatest byte first.
#[derive(Clone, Copy)]
struct Bytes(&'static [u8]);

impl Bytes {
    fn from(self, at: usize) -> Self {
        Self(&self.0[at..])
    }

    fn u16(self, at: usize) -> u16 {
        u16::from_be_bytes([self.0[at], self.0[at + 1]])
    }

    fn i16(self, at: usize) -> i16 {
        self.u16(at).cast_signed()
    }

    fn place(self, at: usize) -> usize {
        usize::from(self.u16(at))
    }

    fn long(self, at: usize) -> usize {
        self.place(at) << 16 | self.place(at + 2)
    }
}

impl Face {
    /// Reads the head of a font file.
    ///
    /// # Panics
    ///
    /// If it is not such a file as stands at the head of this one.
    pub(crate) fn read(file: &'static [u8]) -> Self {
        let file = Bytes(file);
        let table = |tag: &[u8; 4]| {
            let mut entries = (0..file.place(4)).map(|number| file.from(12 + 16 * number));
            let entry = entries
                .find(|entry| entry.0.starts_with(tag))
                .expect("the vendored fonts have it");
            file.from(entry.long(8))
        };
        let (head, cmap, kern) = (table(b"head"), table(b"cmap"), table(b"kern"));
        let mut encodings = (0..cmap.place(2)).map(|number| cmap.from(4 + 8 * number));
        let unicode = encodings.find(|entry| (entry.u16(0), entry.u16(2)) == (3, 1));
        let cmap = cmap.from(unicode.expect("the vendored fonts speak Unicode").long(4));
        assert_eq!(
            (cmap.u16(0), head.i16(50)),
            (4, 0),
            "another format of letters or offsets"
        );
        assert_eq!((kern.u16(2), kern.u16(8)), (1, 1), "another format of pairs");
        Self {
            units_per_em: head.u16(18),
            widths: table(b"hhea").place(34),
            cmap,
            hmtx: table(b"hmtx"),
            kern: kern.from(4),
            #[cfg(feature = "pixels")]
            loca: table(b"loca"),
            #[cfg(feature = "pixels")]
            glyf: table(b"glyf"),
        }
    }

    /// The glyph of a letter; none if the face lacks it.
    pub(crate) fn glyph(&self, letter: char) -> Option<Glyph> {
        let letter = u16::try_from(u32::from(letter)).ok()?;
        let twice = self.cmap.place(6);
        // Four lists of the same length, a place of two bytes left free after the first.
        let [end, start, shift, offset] = [14, 16 + twice, 16 + 2 * twice, 16 + 3 * twice];
        let segment = (0..twice).step_by(2).find(|it| self.cmap.u16(end + it) >= letter)?;
        let first = self.cmap.u16(start + segment);
        if letter < first {
            return None;
        }
        let shift = self.cmap.u16(shift + segment);
        let glyph = match self.cmap.place(offset + segment) {
            0 => letter.wrapping_add(shift),
            // Counted from the place where it stands itself.
            away => match self.cmap.u16(offset + segment + away + 2 * usize::from(letter - first)) {
                0 => 0,
                glyph => glyph.wrapping_add(shift),
            },
        };
        (glyph != 0).then_some(Glyph(glyph))
    }

    /// How far a glyph moves the next one, in units of the font.
    pub(crate) fn advance(&self, glyph: Glyph) -> u16 {
        self.hmtx.u16(4 * usize::from(glyph.0).min(self.widths - 1))
    }

    /// How much nearer (below 0) two glyphs stand than their widths say, in units of the font.
    pub(crate) fn kerning(&self, left: Glyph, right: Glyph) -> i16 {
        let (mut low, mut high) = (0, self.kern.place(6));
        while low < high {
            let middle = low.midpoint(high);
            let pair = self.kern.from(14 + 6 * middle);
            match (Glyph(pair.u16(0)), Glyph(pair.u16(2))).cmp(&(left, right)) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return pair.i16(4),
            }
        }
        0
    }
}

/// What draws an outline, in units of the font, y upwards.
#[cfg(feature = "pixels")]
pub(crate) trait Pen {
    /// Begins a contour.
    fn move_to(&mut self, to: (f32, f32));
    /// A straight line.
    fn line_to(&mut self, to: (f32, f32));
    /// A parabola, pulled by a point off it.
    fn quad_to(&mut self, off: (f32, f32), to: (f32, f32));
    /// Ends a contour where it began.
    fn close(&mut self);
}

#[cfg(feature = "pixels")]
mod outline {
    use super::{Bytes, Face, Glyph, Pen};

    /// Bits of a point.
    const ON_CURVE: u8 = 1;
    const SHORT: [u8; 2] = [2, 4];
    const REPEATED: u8 = 8;
    const SAME_OR_POSITIVE: [u8; 2] = [16, 32];

    /// Bits of a part of a glyph that is put together.
    const WORDS: u16 = 1;
    const PLACES: u16 = 2;
    const SCALED: u16 = 0x8 | 0x40 | 0x80;
    const MORE: u16 = 0x20;

    /// A point of an outline and whether the line goes through it.
    type Node = ((f32, f32), bool);

    impl Face {
        /// Hands the outline of a glyph to a pen; one without outline, such as the space, leaves nothing to draw.
        pub(crate) fn outline(&self, glyph: Glyph, pen: &mut impl Pen) {
            self.moved(glyph, (0, 0), pen);
        }

        fn moved(&self, glyph: Glyph, by: (i16, i16), pen: &mut impl Pen) {
            let at = 2 * usize::from(glyph.0);
            let (start, end) = (2 * self.loca.place(at), 2 * self.loca.place(at + 2));
            if start == end {
                return;
            }
            let data = self.glyf.from(start);
            let (contours, body) = (data.i16(0), data.from(10));
            match usize::try_from(contours) {
                Ok(contours) => simple(body, contours, by, pen),
                Err(_) => self.put_together(body, by, pen),
            }
        }

        fn put_together(&self, mut part: Bytes, by: (i16, i16), pen: &mut impl Pen) {
            loop {
                let (flags, glyph) = (part.u16(0), Glyph(part.u16(2)));
                assert!(
                    flags & SCALED == 0 && flags & PLACES != 0,
                    "a glyph whose parts are not just moved"
                );
                let words = flags & WORDS != 0;
                let (x, y) = if words {
                    (part.i16(4), part.i16(6))
                } else {
                    (i16::from(part.0[4].cast_signed()), i16::from(part.0[5].cast_signed()))
                };
                self.moved(glyph, (by.0 + x, by.1 + y), pen);
                if flags & MORE == 0 {
                    return;
                }
                part = part.from(if words { 8 } else { 6 });
            }
        }
    }

    /// Contours of points: the last point of each, instructions, then flags, then steps in x, then steps in y.
    fn simple(body: Bytes, contours: usize, by: (i16, i16), pen: &mut impl Pen) {
        let ends: Vec<usize> = (0..contours).map(|it| body.place(2 * it) + 1).collect();
        let points = ends.last().copied().unwrap_or_default();
        let instructions = body.place(2 * contours);
        let mut rest = body.0[2 * contours + 2 + instructions..].iter().copied();
        let mut next = move || rest.next().expect("the vendored fonts are whole");
        let mut flags = Vec::with_capacity(points);
        while flags.len() < points {
            let flag = next();
            let times = if flag & REPEATED == 0 {
                1
            } else {
                1 + usize::from(next())
            };
            flags.extend(std::iter::repeat_n(flag, times));
        }
        let mut along = |axis: usize, from: i16| -> Vec<i16> {
            let mut at = from;
            let steps = flags.iter().map(|flag| {
                let same_or_positive = flag & SAME_OR_POSITIVE[axis] != 0;
                at += match (flag & SHORT[axis] != 0, same_or_positive) {
                    (true, true) => i16::from(next()),
                    (true, false) => -i16::from(next()),
                    (false, true) => 0,
                    (false, false) => i16::from_be_bytes([next(), next()]),
                };
                at
            });
            steps.collect()
        };
        let (x, y) = (along(0, by.0), along(1, by.1));
        let nodes: Vec<Node> = (0..points)
            .map(|it| ((f32::from(x[it]), f32::from(y[it])), flags[it] & ON_CURVE != 0))
            .collect();
        let mut start = 0;
        for end in ends {
            contour(&nodes[start..end], pen);
            start = end;
        }
    }

    /// Between two points off the line it goes through their middle.
    fn contour(nodes: &[Node], pen: &mut impl Pen) {
        let middle = |a: (f32, f32), b: (f32, f32)| (0.5 * (a.0 + b.0), 0.5 * (a.1 + b.1));
        let Some(&(first, first_is_on)) = nodes.first() else {
            return;
        };
        // A contour that begins off the line is entered at its second point, or half way there.
        let (start, skipped) = match nodes {
            _ if first_is_on => (first, 1),
            [_, (second, true), ..] => (*second, 2),
            [_, (second, false), ..] => (middle(first, *second), 1),
            _ => (first, 1),
        };
        pen.move_to(start);
        let around = nodes[skipped..].iter().chain(&nodes[..usize::from(!first_is_on)]);
        let mut off: Option<(f32, f32)> = None;
        for &(point, is_on) in around {
            match (off, is_on) {
                (None, true) => pen.line_to(point),
                (Some(pull), true) => pen.quad_to(pull, point),
                (Some(pull), false) => pen.quad_to(pull, middle(pull, point)),
                (None, false) => {}
            }
            off = (!is_on).then_some(point);
        }
        match off {
            Some(pull) => pen.quad_to(pull, start),
            None => pen.line_to(start),
        }
        pen.close();
    }
}

#[cfg(all(test, feature = "pixels"))]
mod tests {
    use super::*;

    const FILES: [&[u8]; 2] = [
        include_bytes!("fonts/DejaVuSans.ttf"),
        include_bytes!("fonts/DejaVuSans-Bold.ttf"),
    ];

    /// Where an outline reaches to, and the area that its contours enclose, counted positive where it runs clockwise.
    #[derive(Default)]
    struct Extent {
        at: (f32, f32),
        start: (f32, f32),
        contours: usize,
        area: f32,
        low: (f32, f32),
        high: (f32, f32),
    }

    impl Extent {
        fn go(&mut self, to: (f32, f32)) {
            self.area += 0.5 * (self.at.1 * to.0 - self.at.0 * to.1);
            self.at = to;
            self.low = (self.low.0.min(to.0), self.low.1.min(to.1));
            self.high = (self.high.0.max(to.0), self.high.1.max(to.1));
        }
    }

    impl Pen for Extent {
        fn move_to(&mut self, to: (f32, f32)) {
            if self.contours == 0 {
                (self.low, self.high) = (to, to);
            }
            (self.at, self.start) = (to, to);
            self.contours += 1;
        }

        fn line_to(&mut self, to: (f32, f32)) {
            self.go(to);
        }

        fn quad_to(&mut self, off: (f32, f32), to: (f32, f32)) {
            let from = self.at;
            for step in 1..=8_u8 {
                let t = f32::from(step) / 8.0;
                let of = |a: f32, b: f32, c: f32| (1.0 - t) * (1.0 - t) * a + 2.0 * t * (1.0 - t) * b + t * t * c;
                self.go((of(from.0, off.0, to.0), of(from.1, off.1, to.1)));
            }
        }

        fn close(&mut self) {
            assert_eq!(self.at, self.start, "a contour is closed");
        }
    }

    fn extent(face: &Face, letter: char) -> Extent {
        let mut extent = Extent::default();
        face.outline(face.glyph(letter).unwrap(), &mut extent);
        extent
    }

    #[test]
    fn every_glyph_of_both_faces_lies_in_the_box_that_the_file_states() {
        for file in FILES {
            let face = Face::read(file);
            let mut drawn = 0;
            for number in 0..726 {
                let (start, end) = (face.loca.u16(2 * number), face.loca.u16(2 * number + 2));
                let mut extent = Extent::default();
                face.outline(Glyph(u16::try_from(number).unwrap()), &mut extent);
                if start == end {
                    assert_eq!(extent.contours, 0);
                    continue;
                }
                let stated = face.glyf.from(2 * usize::from(start));
                let [left, low, right, high] = [2, 4, 6, 8].map(|at| f32::from(stated.i16(at)));
                let inside =
                    left <= extent.low.0 && low <= extent.low.1 && extent.high.0 <= right && extent.high.1 <= high;
                assert!(inside, "glyph {number}");
                // Curves, followed in steps, may miss their outermost point by a few units.
                let near = |a: f32, b: f32| (a - b).abs() < 12.0;
                assert!(near(left, extent.low.0) && near(high, extent.high.1), "glyph {number}");
                assert!(extent.area > 0.0, "glyph {number} is inside out");
                drawn += 1;
            }
            assert!(drawn > 700);
        }
    }

    /// An o has a hole, an ä is an a with two dots, an l is a plain bar.
    #[test]
    fn letters_have_the_contours_that_one_sees() {
        let face = Face::read(FILES[0]);
        let contours = |letter| extent(&face, letter).contours;
        assert_eq!(['l', 'o', 'i', 'B', '8'].map(contours), [1, 2, 2, 3, 3]);
        assert_eq!(contours('ä'), contours('a') + 2);
        let (a, umlaut) = (extent(&face, 'a'), extent(&face, 'ä'));
        assert!(umlaut.area > a.area && umlaut.high.1 > a.high.1);
    }

    #[test]
    fn widths_and_pairs_are_those_of_the_files() {
        let face = Face::read(FILES[0]);
        let glyph = |letter| face.glyph(letter).unwrap();
        assert_eq!(face.units_per_em, 2048);
        assert_eq!(
            ['0', '9', '−', ' '].map(|it| face.advance(glyph(it))),
            [1303, 1303, 1716, 651]
        );
        assert_eq!(face.kerning(glyph('A'), glyph('V')), -131);
        assert_eq!(face.kerning(glyph('0'), glyph('0')), 0);
        assert_eq!(['慈', '🙂', '\u{10FFFF}'].map(|it| face.glyph(it)), [None; 3]);
    }
}
