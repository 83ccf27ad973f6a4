//! `--output FILE`: the report replaces the file in one step, or not at all.

use crate::cli::exit::{Exit, Stop};
use crate::show::shown;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file that the report will go to. Opened before the work begins, so that a wrong path
/// costs no run.
#[derive(Debug)]
pub struct OutputFile {
    target: PathBuf,
    file: Option<File>,
    /// Written first, then renamed; `None` where the target is a device or a pipe.
    beside: Option<PathBuf>,
}

impl OutputFile {
    /// Gets ready to write `path`.
    ///
    /// # Errors
    /// The file cannot be written; exit code 3.
    pub fn create(path: &Path) -> Result<OutputFile, Stop> {
        // a link stays a link: what it points to is replaced
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        let opened = match fs::metadata(&target) {
            Ok(meta) if meta.is_dir() => Err(io::Error::from(io::ErrorKind::IsADirectory)),
            Ok(meta) if !meta.is_file() => OpenOptions::new().write(true).open(&target).map(|f| (f, None)),
            _ => beside(&target).map(|(f, path)| (f, Some(path))),
        };
        match opened {
            Ok((file, beside)) => Ok(OutputFile { target, file: Some(file), beside }),
            Err(error) => Err(failed(path, &error)),
        }
    }

    /// Writes the whole report and puts it in place.
    ///
    /// # Errors
    /// What was there before stays; exit code 3, or 141 for a pipe that nobody reads.
    pub fn finish(mut self, text: &str) -> Result<(), Stop> {
        self.write(text).map_err(|error| match error.kind() {
            io::ErrorKind::BrokenPipe => Stop { exit: Exit::ClosedPipe, message: String::new() },
            _ => failed(&self.target, &error),
        })
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        let Some(mut file) = self.file.take() else { return Ok(()) };
        file.write_all(text.as_bytes())?;
        file.flush()?;
        let Some(beside) = &self.beside else { return Ok(()) };
        file.sync_all()?;
        if let Ok(meta) = fs::metadata(&self.target) {
            file.set_permissions(meta.permissions())?;
        }
        drop(file);
        fs::rename(beside, &self.target)?;
        self.beside = None;
        Ok(())
    }
}

impl Drop for OutputFile {
    fn drop(&mut self) {
        if let Some(beside) = &self.beside {
            // nothing more can be done, and the target is as it was
            let _ = fs::remove_file(beside);
        }
    }
}

/// A new file in the same folder: only there is a rename one step.
fn beside(target: &Path) -> io::Result<(File, PathBuf)> {
    let name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}.tmp", std::process::id()));
    let path = target.with_file_name(hidden);
    let file = OpenOptions::new().write(true).create_new(true).open(&path)?;
    Ok((file, path))
}

fn failed(path: &Path, error: &io::Error) -> Stop {
    let (path, cause) = (shown(&path.display().to_string()), shown(&error.to_string()));
    Stop::new(Exit::Incomplete, format!("cannot write the report to {path}: {cause}"), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|e| e.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_report_replaces_the_file_and_leaves_nothing_beside() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("out.json");
        fs::write(&path, "old")?;
        let file = OutputFile::create(&path).map_err(|s| io::Error::other(s.message))?;
        assert_eq!(fs::read_to_string(&path)?, "old", "nothing changes before the end");
        assert!(file.finish("new").is_ok());
        assert_eq!(fs::read_to_string(&path)?, "new");
        assert_eq!(names(folder.path()), ["out.json"]);
        Ok(())
    }

    #[test]
    fn a_run_that_stops_leaves_the_old_report() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("out.json");
        fs::write(&path, "old")?;
        drop(OutputFile::create(&path));
        assert_eq!(fs::read_to_string(&path)?, "old");
        assert_eq!(names(folder.path()), ["out.json"]);
        Ok(())
    }

    #[test]
    fn a_folder_and_a_missing_folder_are_said_before_the_work() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        for path in [folder.path().to_path_buf(), folder.path().join("no/out.json")] {
            let stop = OutputFile::create(&path).err().map(|s| (s.exit, s.message));
            let (exit, message) = stop.ok_or_else(|| io::Error::other("created"))?;
            assert_eq!(exit, Exit::Incomplete);
            assert!(message.starts_with("error: cannot write the report to "), "{message}");
        }
        assert!(names(folder.path()).is_empty());
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::write(&real, "old")?;
        std::os::unix::fs::symlink(&real, &link)?;
        let file = OutputFile::create(&link).map_err(|s| io::Error::other(s.message))?;
        assert!(file.finish("new").is_ok());
        assert!(fs::symlink_metadata(&link)?.is_symlink());
        assert_eq!(fs::read_to_string(&real)?, "new");
        Ok(())
    }
}
