//! Mutants of a rule: each with one filter, trait, quantity, list entry or expectation
//! dropped. A mutant that no test notices shows a line that no test needs.

use crate::pack::model::{Arg, Expect, Place, Rule, Subject};

/// All mutants: the place of the dropped line, what was dropped, and the rule without it.
pub fn all(rule: &Rule) -> Vec<(Place, String, Rule)> {
    let mut out = Vec::new();
    for (i, expect) in rule.expects.iter().enumerate() {
        let mut add = |key: &str, what: String, change: &dyn Fn(&mut Expect)| {
            let mut mutant = rule.clone();
            change(&mut mutant.expects[i]);
            // tests of properties stand under a longer name: each.text.chars
            let longer = || expect.keys.iter().find(|(k, _)| k.starts_with(key)).map(|(_, place)| place);
            let place = expect.keys.get(key).or_else(longer).unwrap_or(&expect.place).clone();
            out.push((place, what, mutant));
        };
        each_entry(&expect.inside, |k, name| {
            add("inside", format!("inside: {name}"), &|e| drop_at(&mut e.inside, k))
        });
        each_entry(&expect.outside, |k, name| {
            add("outside", format!("outside: {name}"), &|e| drop_at(&mut e.outside, k))
        });
        for (k, t) in expect.is.iter().enumerate() {
            add("is", format!("is: {}", t.name()), &|e| drop_at(&mut e.is, k));
        }
        if let Some(has) = &expect.has {
            add("has.part", format!("has.part: {}", has.part), &|e| e.has = None);
            if has.at_least.is_some() {
                add("has.at_least", "has.at_least".into(), &|e| {
                    if let Some(h) = &mut e.has {
                        h.at_least = None;
                    }
                });
            }
            if has.distinct.is_some() {
                add("has.distinct", "has.distinct".into(), &|e| {
                    if let Some(h) = &mut e.has {
                        h.distinct = None;
                    }
                });
            }
        }
        // "at_least = 0" only says that nothing is asked for: without it the default asks for one
        if expect.at_least.is_some() {
            add("at_least", "at_least".into(), &|e| e.at_least = None);
        }
        if expect.at_most.is_some() {
            add("at_most", "at_most".into(), &|e| e.at_most = None);
        }
        if expect.distinct.is_some() {
            add("distinct", "distinct".into(), &|e| e.distinct = None);
        }
        for (k, each) in expect.each.iter().enumerate() {
            let name = format!("each.{}", each.property.name());
            add(&name, name.clone(), &|e| drop_at(&mut e.each, k));
        }
        for (k, test) in expect.wheres.iter().enumerate() {
            let name = format!("where.{}", test.property.name());
            add(&name, name.clone(), &|e| drop_at(&mut e.wheres, k));
        }
        if expect.cover.is_some() {
            add("cover", "cover".into(), &|e| e.cover = None);
        }
        if expect.same.is_some() {
            add("same", "same".into(), &|e| e.same = None);
        }
        if expect.unique.is_some() {
            add("unique", "unique".into(), &|e| e.unique = None);
        }
        if expect.per.is_some() {
            add("per", "per".into(), &|e| e.per = None);
        }
        if expect.share.is_some() {
            add("share", "share".into(), &|e| e.share = None);
        }
        if expect.tolerance.is_some() {
            add("tolerance", "tolerance".into(), &|e| e.tolerance = None);
        }
        if let Subject::Compare { adjust: Some(_), .. } = expect.subject {
            add("compare", "less or plus".into(), &|e| {
                if let Subject::Compare { adjust, .. } = &mut e.subject {
                    *adjust = None;
                }
            });
        }
        if let Subject::Find(Arg::Value(crate::pack::model::Value::List(list))) = &expect.subject
            && list.len() > 1
        {
            for (k, name) in list.iter().enumerate() {
                add("find", format!("find: {}", crate::pack::options::show(name)), &|e| {
                    if let Subject::Find(Arg::Value(crate::pack::model::Value::List(l))) = &mut e.subject {
                        drop_at(l, k);
                    }
                });
            }
        }
        if rule.expects.len() > 1 {
            let mut mutant = rule.clone();
            mutant.expects.remove(i);
            out.push((expect.place.clone(), format!("expect {}", i + 1), mutant));
        }
    }
    if !rule.when.category.is_empty() {
        let mut mutant = rule.clone();
        mutant.when.category.clear();
        let place = rule.keys.get("when").unwrap_or(&rule.place).clone();
        out.push((place, "when.category".into(), mutant));
    }
    out
}

fn each_entry(list: &[String], mut f: impl FnMut(usize, &str)) {
    for (i, name) in list.iter().enumerate() {
        f(i, name);
    }
}

fn drop_at<T>(list: &mut Vec<T>, at: usize) {
    if at < list.len() {
        list.remove(at);
    }
}
