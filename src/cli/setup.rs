//! What a run works with: the config, the packs it names, and the settings of both.

use crate::cli::args::PageArgs;
use crate::cli::exit::{Exit, Stop};
use crate::cli::output::{self, Screen};
use crate::cli::packs;
use crate::cli::run::Session;
use crate::config::{self, Config, Effective, effective};
use crate::engine::{PageSettings, Plan, Settings};
use crate::limits;
use crate::pack::files::{BUILTIN, PackSource};
use crate::pack::load::Loaded;
use crate::pack::model::TomlFile;
use crate::pack::problem::render_all;
use crate::show::shown;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Config, packs and settings of a run.
#[derive(Debug)]
pub struct Setup {
    /// The config; an empty one where there is none.
    pub config: Config,
    /// Its file, where there is one.
    pub file: Option<Arc<TomlFile>>,
    /// The packs, with the config's words.
    pub loaded: Loaded,
    /// Settings.
    pub settings: Settings,
    /// Levels and options by rule.
    pub effective: Effective,
    /// What flags say of every page.
    pub flags: PageSettings,
}

impl Session {
    /// Reads the config and loads its packs.
    ///
    /// # Errors
    /// A config or pack that cannot be read or is wrong; exit code 2.
    pub fn setup(&self) -> Result<Setup, Stop> {
        self.setup_from(packs::load_packs)
    }

    /// The same, with the tests of all rules.
    ///
    /// # Errors
    /// A config or pack that cannot be read or is wrong; exit code 2.
    pub fn setup_with_tests(&self) -> Result<Setup, Stop> {
        self.setup_from(packs::load_whole)
    }

    fn setup_from(
        &self,
        load: impl Fn(&[PackSource], Screen) -> Result<Loaded, Stop>,
    ) -> Result<Setup, Stop> {
        let (config, file) = self.config()?;
        let screen = Screen::stderr(self.global.color);
        let mut loaded = load(&sources(&config), screen)?;
        let mut settings = Settings::default();
        let effective =
            effective(&config, &mut loaded, &mut settings).map_err(|p| wrong_config(&p, screen))?;
        Ok(Setup { config, file, loaded, settings, effective, flags: PageSettings::default() })
    }

    /// The config of the run, and its file.
    ///
    /// # Errors
    /// A file that cannot be read or is wrong; exit code 2.
    pub fn config(&self) -> Result<(Config, Option<Arc<TomlFile>>), Stop> {
        let path = match &self.global.config {
            _ if self.global.no_config => None,
            Some(path) => Some(path.clone()),
            None => config::nearest(Path::new(".")),
        };
        let Some(path) = path else { return Ok((Config::default(), None)) };
        let file = Arc::new(TomlFile { path: path.display().to_string(), text: text_of(&path)?.into() });
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let config =
            config::read(&file, folder).map_err(|p| wrong_config(&p, Screen::stderr(self.global.color)))?;
        Ok((config, Some(file)))
    }

    /// The packs of the config and one more, given by a path in it; without the config's
    /// own words, for tests are of the packs alone.
    ///
    /// # Errors
    /// No pack there, or rules that do not load.
    pub fn load_with(&self, path: Option<&Path>) -> Result<Loaded, Stop> {
        let (config, _) = self.config()?;
        let mut sources = sources(&config);
        if let Some(path) = path {
            let folder = pack_of(path)?;
            let further = if whole(path) == whole(&folder) { packs_in(&folder) } else { Vec::new() };
            for folder in std::iter::once(folder).chain(further) {
                // the folder that a built-in pack is made of stands for it
                let own = PackSource::Folder(folder.clone());
                match sources.iter_mut().find(|s| same(s, &folder)) {
                    Some(source) => *source = own,
                    None => sources.push(own),
                }
            }
        }
        packs::load_whole(&sources, Screen::stderr(self.global.color))
    }
}

impl Setup {
    /// Takes in what flags say of the pages.
    pub fn with_flags(mut self, args: &PageArgs) -> Setup {
        let said = |value: &Option<String>, flag: &str| value.clone().map(|v| (v, flag.to_string()));
        self.flags = PageSettings {
            page: said(&args.page, "--page"),
            category: said(&args.category, "--category"),
            market: args.market.clone(),
            ..PageSettings::default()
        };
        self
    }

    /// What flags and config say of one page; flags win.
    pub fn page(&self, source: &str) -> PageSettings {
        let mut settings = self.config.page_settings(source);
        let flags = self.flags.clone();
        settings.page = flags.page.or(settings.page);
        settings.category = flags.category.or(settings.category);
        settings.market = flags.market.or(settings.market);
        settings
    }

    /// Compiles the chosen rules.
    ///
    /// # Errors
    /// What loading could not see; exit code 2.
    pub fn plan(&self, chosen: impl Fn(&str) -> bool) -> Result<Plan, Stop> {
        let Effective { levels, options } = &self.effective;
        // a level for some pages only switches a rule on for the run; each page says its own
        let mut levels = levels.clone();
        for (id, level) in self.config.pages.iter().flat_map(|p| &p.levels) {
            let rule = self.loaded.pack.rules.get(id);
            let off = rule.is_some_and(|r| r.level.default == crate::finding::Level::Off);
            if off && !levels.contains_key(id) && level.value != crate::finding::Level::Off {
                levels.insert(id.clone(), level.value);
            }
        }
        Plan::compile(&self.loaded, self.settings.clone(), &levels, options, chosen)
            .map_err(|e| Stop::usage(e, None))
    }
}

fn sources(config: &Config) -> Vec<PackSource> {
    if config.extends.is_empty() { vec![PackSource::GUIDES] } else { config.extends.clone() }
}

fn wrong_config(problems: &[crate::pack::problem::Problem], screen: Screen) -> Stop {
    let text = render_all(problems, screen.color, screen.width);
    let count =
        if problems.len() == 1 { "1 error".to_string() } else { format!("{} errors", problems.len()) };
    Stop { exit: Exit::Usage, message: format!("{text}\nerror: the config is wrong: {count}\n") }
}

fn text_of(path: &Path) -> Result<String, Stop> {
    let name = shown(&path.display().to_string());
    let refuse = |why: String, help: Option<&str>| Stop::usage(format!("{name}: {why}"), help);
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|f| f.take(limits::TOML_BYTES as u64 + 1).read_to_end(&mut bytes))
        .map_err(|e| refuse(format!("the config cannot be read: {e}"), None))?;
    if bytes.len() > limits::TOML_BYTES {
        return Err(refuse(format!("the config has more than {} KiB", limits::TOML_BYTES / 1024), None));
    }
    let text = String::from_utf8(bytes);
    text.map_err(|e| {
        let line = 1 + e.as_bytes()[..e.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count();
        refuse(format!("the config is not UTF-8 (line {line})"), Some("save it as UTF-8"))
    })
}

/// The pack that a path lies in: the folder that holds pack.toml.
///
/// # Errors
/// No such path, or no pack.toml there or above.
pub fn pack_of(path: &Path) -> Result<PathBuf, Stop> {
    let shown = shown(&path.display().to_string());
    if !path.exists() {
        return Err(Stop::usage(format!("{shown}: there is no such file or folder"), None));
    }
    let whole = whole(path);
    // as given where it is the pack itself: messages then name files as the user does
    if path.join("pack.toml").is_file() {
        return Ok(path.to_path_buf());
    }
    let found = whole.ancestors().find(|folder| folder.join("pack.toml").is_file());
    let Some(found) = found else {
        let help = "a pack is a folder with pack.toml, words/, parts/ and a folder for each area of rules";
        return Err(Stop::usage(
            format!("{shown}: is no pack and lies in none: there is no pack.toml"),
            Some(help),
        ));
    };
    // the same way back as a relative path, where the path was one
    let up = whole.strip_prefix(found).map_or(0, |rest| rest.components().count());
    Ok(path.ancestors().nth(up).filter(|p| !p.as_os_str().is_empty()).unwrap_or(found).to_path_buf())
}

/// The packs in the folder `packs` of a pack, by name.
fn packs_in(pack: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(pack.join("packs")).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> =
        entries.map(|e| e.path()).filter(|folder| folder.join("pack.toml").is_file()).collect();
    found.sort();
    found
}

fn whole(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// The built-in pack that a folder holds the files of.
fn builtin_name(folder: &Path) -> Option<String> {
    let text = std::fs::read_to_string(folder.join("pack.toml")).unwrap_or_default();
    let name = text.parse::<toml::Table>().ok()?.get("name")?.as_str()?.to_string();
    name.strip_prefix(BUILTIN).map(str::to_string)
}

fn same(source: &PackSource, folder: &Path) -> bool {
    match source {
        PackSource::Folder(other) => other.canonicalize().ok() == folder.canonicalize().ok(),
        PackSource::Builtin(name) => builtin_name(folder).as_deref() == Some(name),
    }
}

/// Says warnings of config and packs on standard error.
pub fn warn(problems: &[crate::pack::problem::Problem], session: &Session) {
    let screen = Screen::stderr(session.global.color);
    if !problems.is_empty() {
        output::say(&format!("{}\n", render_all(problems, screen.color, screen.width)));
    }
}
