//! The report's own words, in the languages of messages.

use crate::finding::{Level, Need};

/// Language of the report's own words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese.
    Zh,
}

impl Lang {
    /// The language for a tag: Chinese for `zh…`, else English.
    pub fn of(tag: &str) -> Lang {
        if tag == "zh" || tag.starts_with("zh-") { Lang::Zh } else { Lang::En }
    }

    /// The tag of the document.
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Zh => "zh-CN",
        }
    }

    /// One of two texts.
    pub const fn pick(self, en: &'static str, zh: &'static str) -> &'static str {
        match self {
            Lang::En => en,
            Lang::Zh => zh,
        }
    }

    /// "1 page", "2 pages", "2 个页面".
    pub fn pages(self, n: usize) -> String {
        match self {
            Lang::En => format!("{n} {}", plural(n, "page")),
            Lang::Zh => format!("{n} 个页面"),
        }
    }

    /// The word for a level behind its count.
    pub fn level(self, level: Level, n: usize) -> String {
        match (self, level) {
            (Lang::En, _) => plural(n, level.name()),
            (Lang::Zh, Level::Error) => "错误".into(),
            (Lang::Zh, Level::Warning) => "警告".into(),
            (Lang::Zh, _) => "提示".into(),
        }
    }

    /// The heading of a column of such findings.
    pub const fn levels(self, level: Level) -> &'static str {
        match level {
            Level::Error => self.pick("Errors", "错误"),
            Level::Warning => self.pick("Warnings", "警告"),
            _ => self.pick("Infos", "提示"),
        }
    }

    /// What would decide an unsure verdict.
    pub const fn need(self, need: Need) -> &'static str {
        match (self, need) {
            (Lang::En, _) => need.sentence(),
            (Lang::Zh, Need::Layout) => "页面布局",
            (Lang::Zh, Need::Render) => "脚本运行后的页面",
            (Lang::Zh, Need::RemoteDescription) => "另行加载的描述",
            (Lang::Zh, Need::ImageText) => "图片里的文字",
            (Lang::Zh, Need::OtherPage) => "店铺的其他页面",
            (Lang::Zh, Need::Limit) => "完整的页面：达到了上限",
            (Lang::Zh, Need::Person) => "人来判断",
        }
    }

    /// "line 12, column 3".
    pub fn place(self, line: u32, column: u32) -> String {
        match self {
            Lang::En => format!("line {line}, column {column}"),
            Lang::Zh => format!("第 {line} 行第 {column} 列"),
        }
    }

    /// Said of what is not listed.
    pub fn more(self, n: usize) -> String {
        match self {
            Lang::En => format!("and {n} more"),
            Lang::Zh => format!("另有 {n} 处"),
        }
    }

    /// The fold's label.
    pub fn fold(self, height: u32) -> String {
        match self {
            Lang::En => format!("fold, {height} px"),
            Lang::Zh => format!("首屏线 {height} px"),
        }
    }

    /// Said where the picture ends before the page does.
    pub fn cut(self, shown: u32, page: u32) -> String {
        match self {
            Lang::En => format!("The picture shows {shown} of the page's {page} px."),
            Lang::Zh => format!("图中显示页面 {page} px 中的前 {shown} px。"),
        }
    }

    /// Said of stylesheets that were not at hand.
    pub fn sheets(self, missing: usize, all: usize) -> String {
        match self {
            Lang::En => format!(
                "{missing} of {all} {} missing:",
                if all == 1 { "stylesheet is" } else { "stylesheets are" }
            ),
            Lang::Zh => format!("{all} 个样式表中缺少 {missing} 个："),
        }
    }

    /// Said where the report has no room for a picture.
    pub fn full(self) -> String {
        let mb = crate::limits::REPORT_DRAWINGS_BYTES / 1024 / 1024;
        match self {
            Lang::En => format!(
                "No picture: this report has {mb} MB of them already. Check this page alone to see it."
            ),
            Lang::Zh => format!("没有图：本报告的图已达 {mb} MB。单独检查此页即可看到。"),
        }
    }

    /// Said of pictures that are not at hand.
    pub fn gone(self, gone: usize, all: usize) -> String {
        match self {
            Lang::En => format!(
                "{gone} of {all} {} not at hand.",
                if all == 1 { "pictures is" } else { "pictures are" }
            ),
            Lang::Zh => format!("{all} 张图片中有 {gone} 张不在手边。"),
        }
    }

    /// Said of pictures without a known size.
    pub fn assumed(self, assumed: usize, all: usize) -> String {
        match self {
            Lang::En => format!(
                "{assumed} of {all} {} an assumed size.",
                if assumed == 1 { "pictures has" } else { "pictures have" }
            ),
            Lang::Zh => format!("{all} 张图片中有 {assumed} 张按假定尺寸排版。"),
        }
    }
}

/// "error", "errors".
pub fn plural(n: usize, one: &str) -> String {
    if n == 1 { one.to_string() } else { format!("{one}s") }
}
