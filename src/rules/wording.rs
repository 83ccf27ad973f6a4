//! The engine's own words in reports, in English and Chinese: reasons, joints, notes.

use crate::layout::{Rect, Unseen};
use crate::parts::walk::Hidden;
use crate::viewport::Viewport;

/// Language of the engine's words: Chinese for `zh…`, else English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// English.
    En,
    /// Chinese.
    Zh,
}

/// Why a thing does not count: a head and a detail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// "below the first screen".
    pub head: String,
    /// "about 2400 px".
    pub detail: Option<String>,
    /// Whether it is that no shopper sees the thing.
    pub unseen: bool,
}

impl Reason {
    /// "head (detail)".
    pub fn inline(&self) -> String {
        match &self.detail {
            Some(d) => format!("{} ({d})", self.head),
            None => self.head.clone(),
        }
    }

    /// "head, detail".
    pub fn listed(&self) -> String {
        match &self.detail {
            Some(d) => format!("{}, {d}", self.head),
            None => self.head.clone(),
        }
    }
}

impl Wording {
    /// The wording for a language tag.
    pub fn of(lang: &str) -> Wording {
        if lang == "zh" || lang.starts_with("zh-") { Wording::Zh } else { Wording::En }
    }

    fn pick(self, en: &str, zh: &str) -> String {
        if self == Wording::Zh { zh.to_string() } else { en.to_string() }
    }

    fn reason(self, en: &str, zh: &str, detail: Option<String>) -> Reason {
        Reason { head: self.pick(en, zh), detail, unseen: false }
    }

    fn not_visible(self, detail: String) -> Reason {
        Reason { unseen: true, ..self.reason("not visible", "不可见", Some(detail)) }
    }

    /// Joins items of a list.
    pub fn list(self, mut items: Vec<String>) -> String {
        if items.len() == 1 {
            return items.remove(0);
        }
        items.join(if self == Wording::Zh { "、" } else { ", " })
    }

    /// A thing with its reason in a list: "promotion (below the first screen, about 2400 px)".
    pub fn item(self, title: &str, reason: Option<&Reason>) -> String {
        match (self, reason) {
            (_, None) => title.to_string(),
            (Wording::En, Some(r)) => format!("{title} ({})", r.listed()),
            (Wording::Zh, Some(r)) => format!("{title}（{}）", r.listed()),
        }
    }

    /// "Also seen: …."
    pub fn also_seen(self, items: &[String]) -> String {
        match (self, items.is_empty()) {
            (_, true) => String::new(),
            (Wording::En, _) => format!("Also seen: {}.", items.join(", ")),
            (Wording::Zh, _) => format!("另见：{}。", items.join("、")),
        }
    }

    /// Not seen by a shopper.
    pub fn hidden(self, why: Hidden) -> Reason {
        let detail = match why {
            Hidden::Attribute => self.pick("hidden attribute", "hidden 属性"),
            Hidden::Display => "display:none".into(),
            Hidden::Visibility => "visibility:hidden".into(),
            Hidden::Opacity => "opacity:0".into(),
            Hidden::Closed => self.pick("in a closed block", "在折叠块里"),
            Hidden::Input => self.pick("hidden input", "隐藏的输入框"),
            Hidden::Never => self.pick("never drawn", "不会显示"),
        };
        self.not_visible(detail)
    }

    /// Hidden until something is pressed.
    pub fn drawer(self) -> Reason {
        self.not_visible(self.pick("closed until something is pressed", "要点开才显示"))
    }

    /// Hidden by the layout.
    pub fn unseen(self, why: Unseen) -> Reason {
        let detail = match why {
            Unseen::Attribute => self.pick("hidden attribute", "hidden 属性"),
            Unseen::Display => "display:none".into(),
            Unseen::Visibility => "visibility:hidden".into(),
            Unseen::Opacity => "opacity:0".into(),
            Unseen::Transparent => self.pick("transparent text", "文字透明"),
            Unseen::Closed => self.pick("in a closed block", "在折叠块里"),
            Unseen::Empty => self.pick("without size", "没有大小"),
            Unseen::Clipped => self.pick("cut away by overflow or clip", "被 overflow 或 clip 裁掉"),
            Unseen::OffScreen => self.pick("outside the page", "在页面之外"),
            Unseen::Never => self.pick("never drawn", "不会显示"),
        };
        self.not_visible(detail)
    }

    /// Measured off the first screen, or too near to its edge to tell.
    pub fn off_screen(self, b: &Rect, viewport: &Viewport, sure: bool) -> Reason {
        let (name, fold) = (&viewport.name, viewport.height as f32);
        let top = b.y.round() as i64;
        let below = (b.y - fold).round() as i64;
        let wide = viewport.width as f32;
        let out = b.x >= wide || b.right() <= 0.0;
        // of a box that is cut on two sides the side that takes more of it
        let aside = out || below < 0 && b.right().min(wide) - b.x.max(0.0) < b.width / 2.0;
        let head = match (sure, aside, below >= 0) {
            (false, true, _) => self.pick("perhaps beside the first screen", "可能在首屏的侧面之外"),
            (false, ..) => self.pick("perhaps below the first screen", "可能在首屏之下"),
            (true, true, _) if out => self.pick("beside the first screen", "在首屏的侧面之外"),
            (true, true, _) => self.pick("mostly beside the first screen", "大半在首屏的侧面之外"),
            (true, false, true) => self.pick("below the first screen", "在首屏之下"),
            (true, false, false) => self.pick("mostly below the first screen", "大半在首屏之下"),
        };
        let en = match (aside, below) {
            (true, _) => {
                format!("at {} px from the left on {name}, {} px wide", b.x.round() as i64, viewport.width)
            }
            (_, 0..) => format!("at {top} px, {below} px below the fold on {name}"),
            _ => format!(
                "at {top} px, {} px high, {} px above the fold on {name}",
                b.height.round() as i64,
                -below
            ),
        };
        let zh = match (aside, below) {
            (true, _) => format!("{name}：距左 {} px，屏宽 {} px", b.x.round() as i64, viewport.width),
            (_, 0..) => format!("{name}：{top} px 处，首屏线下 {below} px"),
            _ => format!("{name}：{top} px 处，高 {} px，首屏线上 {} px", b.height.round() as i64, -below),
        };
        Reason { head, detail: Some(self.pick(&en, &zh)), unseen: false }
    }

    /// The layout puts it and all of its kind off the page.
    pub fn off_page(self, viewport: &Viewport) -> Reason {
        let name = &viewport.name;
        let detail = self.pick(&format!("as laid out on {name}"), &format!("{name} 的排版如此"));
        self.reason("perhaps outside the page", "可能在页面之外", Some(detail))
    }

    /// Only in structured data.
    pub fn data_only(self) -> Reason {
        self.reason("only in structured data", "只在结构化数据里", None)
    }

    /// Type too small.
    pub fn tiny(self, font: f32) -> Reason {
        self.reason("not readable", "字太小", Some(format!("{}px", font.round() as i64)))
    }

    /// Below the fold.
    pub fn below(self, top: u32) -> Reason {
        let detail =
            if self == Wording::Zh { format!("约 {top} px 处") } else { format!("about {top} px") };
        self.reason("below the first screen", "在首屏之下", Some(detail))
    }

    /// Near the fold, or of unknown place.
    pub fn near_fold(self, top: u32) -> Reason {
        let detail = if self == Wording::Zh {
            format!("约 {top} px 处，仅为估计")
        } else {
            format!("about {top} px")
        };
        self.reason("perhaps below the first screen", "可能在首屏之下", Some(detail))
    }

    /// In a place where it does not count.
    pub fn inside(self, place: &str) -> Reason {
        let head = if self == Wording::Zh { format!("在{place}里") } else { format!("inside {place}") };
        Reason { head, detail: None, unseen: false }
    }

    /// Not in the place where it counts.
    pub fn not_inside(self, place: &str) -> Reason {
        let head =
            if self == Wording::Zh { format!("不在{place}里") } else { format!("outside the {place}") };
        Reason { head, detail: None, unseen: false }
    }

    /// Holds too few.
    pub fn holds(self, count: usize, wanted: u32, title: &str) -> Reason {
        let head = if self == Wording::Zh {
            format!("只有 {count} 个{title}，需要 {wanted} 个")
        } else {
            format!("with {count} of {wanted} {title}{}", if wanted == 1 { "" } else { "s" })
        };
        Reason { head, detail: None, unseen: false }
    }

    /// Leads nowhere.
    pub fn not_linked(self) -> Reason {
        self.reason("without a link", "没有链接", None)
    }

    /// Nearly all links of the page lead nowhere.
    pub fn placeholders(self) -> Reason {
        let detail = self.pick("nearly all links of this page are placeholders", "本页的链接几乎都是占位符");
        self.reason("with links that lead nowhere yet", "的链接尚未填写", Some(detail))
    }

    /// Has no text of its own.
    pub fn not_described(self) -> Reason {
        self.reason("without a text", "没有文字", None)
    }

    /// Only suspected.
    pub fn suspected(self, points: u32) -> Reason {
        let detail = if self == Wording::Zh {
            format!("证据 {points} 分，需 100 分")
        } else {
            format!("{points} of 100 points of evidence")
        };
        self.reason("only suspected", "只是疑似", Some(detail))
    }

    /// Stands for an empty list.
    pub fn none(self) -> &'static str {
        if self == Wording::Zh { "无" } else { "none" }
    }

    /// The first words of an unsure finding.
    pub fn cannot_tell(self, what: &str) -> String {
        match (self, what.is_empty()) {
            (Wording::En, true) => "Cannot tell.".into(),
            (Wording::En, false) => format!("Cannot tell: {what}."),
            (Wording::Zh, true) => "无法判断。".into(),
            (Wording::Zh, false) => format!("无法判断：{what}。"),
        }
    }

    /// Pictures may hold it.
    pub fn in_pictures(self, title: &str) -> String {
        if self == Wording::Zh {
            format!("{title}可能在图片里")
        } else {
            format!("{title} may be in the pictures, which have no texts")
        }
    }

    /// The description is elsewhere.
    pub fn in_remote(self, title: &str) -> String {
        if self == Wording::Zh {
            format!("{title}可能在另行加载的描述里")
        } else {
            format!("{title} may be in the description, which the page loads from elsewhere")
        }
    }

    /// Scripts may write it.
    pub fn in_scripts(self, title: &str) -> String {
        if self == Wording::Zh {
            format!("{title}只见于结构化数据，可能由脚本写入页面")
        } else {
            format!("{title} is in the structured data only; a script may write it onto the page")
        }
    }

    /// Nobody measured how much of the screen it covers.
    pub fn cover_unknown(self, title: &str) -> String {
        if self == Wording::Zh {
            format!("未测量{title}占首屏的面积")
        } else {
            format!("how much of the first screen {title} covers was not measured")
        }
    }

    /// A property decides that it does not count.
    pub fn other_property(self, property: &str, value: &str) -> Reason {
        let value = crate::show::cut(value, 60);
        let head = if self == Wording::Zh {
            format!("{property} 为“{value}”")
        } else {
            format!("whose {property} is “{value}”")
        };
        Reason { head, detail: None, unseen: false }
    }

    /// A property that nobody knows.
    pub fn unknown_property(self, property: &str) -> Reason {
        let head = if self == Wording::Zh {
            format!("{property} 未知")
        } else {
            format!("whose {property} is not known")
        };
        Reason { head, detail: None, unseen: false }
    }

    /// Scripts may fill the place kept for it.
    pub fn in_slot(self, title: &str) -> String {
        if self == Wording::Zh {
            format!("{title}的位置是空的，可能由脚本填入")
        } else {
            format!("the place for {title} is empty; a script may fill it")
        }
    }

    /// The page was cut.
    pub fn in_rest(self, title: &str) -> String {
        if self == Wording::Zh {
            format!("{title}可能在未读的部分里")
        } else {
            format!("{title} may be in the part of the page that was not read")
        }
    }

    /// Scripts make the page.
    pub fn shell(self) -> String {
        self.pick("the page is an empty shell that scripts fill", "页面是由脚本填充的空壳")
    }

    /// Currencies differ.
    pub fn currencies(self, left: &str, right: &str) -> String {
        if self == Wording::Zh {
            format!("{left} 与 {right} 币种不同")
        } else {
            format!("{left} and {right} are of different currencies")
        }
    }

    /// Ranges overlap.
    pub fn overlap(self, left: &str, right: &str) -> String {
        if self == Wording::Zh {
            format!("{left} 与 {right} 有重叠")
        } else {
            format!("{left} and {right} overlap")
        }
    }

    /// "before" and "after".
    pub fn side(self, before: bool) -> String {
        if before { self.pick("before", "之前") } else { self.pick("after", "之后") }
    }

    /// A page kind for people.
    pub fn page(self, page: Option<&str>) -> String {
        let zh = match page {
            Some("home") => "首页",
            Some("item") => "宝贝页",
            Some("listing") => "列表页",
            Some("topic") => "专题页",
            Some("cart") => "购物车",
            Some("help") => "帮助页",
            _ => "页面",
        };
        self.pick(page.unwrap_or("page"), zh)
    }

    /// A category for people.
    pub fn category(self, category: Option<&str>) -> String {
        let zh = match category {
            Some("apparel") => "服装",
            Some("shoes") => "鞋",
            Some("bags") => "箱包",
            Some("children") => "童装母婴",
            Some("toys") => "玩具",
            Some("fitness") => "健身",
            Some("food") => "食品",
            Some("dairy") => "乳制品",
            Some("beauty") => "美妆",
            Some("medicine") => "药品",
            Some("electronics") => "数码",
            Some("appliances") => "家电",
            Some("furniture") => "家具",
            Some("building") => "建材",
            _ => "此类商品",
        };
        self.pick(category.unwrap_or("this item"), zh)
    }
}
