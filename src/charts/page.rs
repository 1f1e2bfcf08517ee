//! The page around a chart: question on top, foot line below, room for the chart between.

use std::cell::{RefCell, RefMut};
use std::rc::Rc;

use super::font::Weight;
use super::palette::{GREY, INK};
use super::sheet::{Anchor, Rect, Sheet};
use super::text::Block;
use super::{ChartError, Frame, Picture, svg};

/// Width of every picture in pixels.
const WIDTH: f64 = 1920.0;
/// Height of a picture in pixels (16 : 9); charts that need more are drawn on a larger sheet of the same shape.
const HEIGHT: f64 = 1080.0;
const MARGIN: f64 = 56.0;

const TOP: f64 = MARGIN - 16.0;

const TITLE: f64 = 46.0;
const SUBTITLE: f64 = 28.0;
const FOOT: f64 = 20.0;
/// Between the head and the chart, and between the chart and the foot.
const GAP: f64 = 26.0;

/// Size of axis titles.
pub(crate) const LABEL: f64 = 28.0;
/// Size of tick labels, values and legends.
pub(crate) const TICK: f64 = 24.0;
/// Width of the room for the chart.
pub(crate) const BODY_WIDTH: f64 = WIDTH - 2.0 * MARGIN;

/// A page with its frame drawn and its body still empty.
pub(crate) struct Page {
    sheet: Rc<RefCell<Sheet>>,
    /// The room for the chart.
    pub(crate) body: Rect,
    title: String,
    description: String,
}

impl Page {
    /// The height that a chart may take before the page grows beyond 16 : 9.
    pub(crate) fn room(frame: &Frame) -> f64 {
        let words = Words::new(frame);
        HEIGHT - words.body_top() - words.below()
    }

    /// Draws the frame; the page grows if the chart needs more height than is usual, and keeps its shape.
    pub(crate) fn new(frame: &Frame, height_needed: f64) -> Self {
        let words = Words::new(frame);
        let (body_top, below) = (words.body_top(), words.below());
        let height = HEIGHT.max(body_top + height_needed + below).ceil();
        let width = (height * WIDTH / HEIGHT).ceil();
        let side = ((width - WIDTH) / 2.0).round();
        let body = Rect {
            left: side + MARGIN,
            top: body_top,
            right: side + WIDTH - MARGIN,
            bottom: height - below,
        };
        let Words { title, subtitle, foot } = &words;

        let mut sheet = Sheet::new(width as u32, height as u32);
        sheet.block(title, (body.left, TOP), Anchor::Start, INK);
        if let Some(subtitle) = subtitle {
            sheet.block(subtitle, (body.left, words.subtitle_top()), Anchor::Start, GREY);
        }
        sheet.block(foot, (body.left, body.bottom + GAP), Anchor::Start, GREY);
        Self {
            sheet: Rc::new(RefCell::new(sheet)),
            body,
            title: frame.title.clone(),
            description: [frame.subtitle.as_deref().unwrap_or_default(), &frame.foot]
                .join(" ")
                .trim()
                .to_owned(),
        }
    }

    /// The sheet, to draw on directly; release it before a panel draws.
    pub(crate) fn sheet(&self) -> RefMut<'_, Sheet> {
        self.sheet.borrow_mut()
    }

    /// The sheet, to share with a panel.
    pub(crate) fn shared(&self) -> &Rc<RefCell<Sheet>> {
        &self.sheet
    }

    /// The sheet as it was drawn, for a film.
    #[cfg(feature = "pixels")]
    pub(crate) fn into_sheet(self) -> Sheet {
        self.sheet.replace(Sheet::new(1, 1))
    }

    /// Makes both files.
    pub(crate) fn finish(self) -> Result<Picture, ChartError> {
        let sheet = self.sheet.borrow();
        Ok(Picture {
            svg: svg::write(&sheet, &self.title, &self.description),
            #[cfg(feature = "pixels")]
            png: super::raster::write(&sheet)?,
        })
    }
}

/// The words of a frame, measured.
struct Words {
    title: Block,
    subtitle: Option<Block>,
    foot: Block,
}

impl Words {
    fn new(frame: &Frame) -> Self {
        let wrap = |text: &str, size, weight| Block::wrap(text, size, weight, BODY_WIDTH);
        Self {
            title: wrap(&frame.title, TITLE, Weight::Bold),
            subtitle: frame.subtitle.as_deref().map(|it| wrap(it, SUBTITLE, Weight::Regular)),
            foot: wrap(&frame.foot, FOOT, Weight::Regular),
        }
    }

    fn subtitle_top(&self) -> f64 {
        TOP + self.title.height() + 8.0
    }

    fn body_top(&self) -> f64 {
        let title_bottom = TOP + self.title.height();
        let head = self
            .subtitle
            .as_ref()
            .map_or(title_bottom, |it| self.subtitle_top() + it.height());
        head + GAP
    }

    fn below(&self) -> f64 {
        GAP + self.foot.height() + MARGIN / 2.0
    }
}
