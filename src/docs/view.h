/* What templates of pages see. The names are the same in all formats; what they hold is escaped, or markup of the format already, so that a template writes {{name}} everywhere. An unknown name is
 * an error: every name that is listed here for a place is there, empty or false where it does not apply. Inner scopes see the names of outer ones, as Mustache has it; where the same name would mean two things,
 * it has two names.
 *
 * Kinds of values: TEXT is escaped where it stands (inline, on one line). CODE is a literal, as markup of the format (`<code>…</code>`, ``…``). BLOCKS is markup of whole paragraphs; INLINE is
 * markup on one line. COUNT is a number, BOOL true or false. A LIST is there once for each item; {{#things.0}} does not exist: beside every list of this header stands a BOOL has_things. An OBJECT is a
 * section that opens once, or not at all.
 *
 * Every item of a LIST has BOOL first and BOOL last, for what stands between: {{#environments}}{{name}}{{^last}}, {{/last}}{{/environments}}.
 *
 * LINK is these names, of what has a place on a page:
 *   name        TEXT    as the repository has it; "(empty)" where that is nothing, "(blank)" where it is white space
 *   name_code   CODE    the same
 *   label       TEXT    "aspis-app-tap": unique on all pages together, an id in HTML, a label in Sphinx. Made of a-z, 0-9 and hyphens: needs no escaping
 *   page        TEXT    "applications/tap": from the folder of all pages, without suffix; needs no escaping. Empty: it has no page, and no label
 *   href        TEXT    "applications/tap.html" of a page, "applications/tap.html#aspis-secret-tap-sentry-dsn" of a part of one; from the folder of all pages, so write {{root}}{{href}}
 *   px          TEXT    of applications and environments with --role-style phalanx: what to write in :px-app:`…` or :px-env:`…`; empty otherwise, and where the name cannot stand there
 *
 * PLACE is these names, of what stands in a file; inside an OBJECT or item:
 *   path        TEXT    relative to the root of the repository
 *   line        COUNT   from 1
 *   place_code  CODE    "applications/tap/values-idfdev.yaml:12"
 *
 * SECRET is these names, of a secret that is spoken of elsewhere:
 *   key, key_code, label, href as in LINK, of the secret; has_page BOOL
 *   application, application_code, application_label, application_page, application_href, application_px of its application
 *   full_name, full_name_code: "tap sentry-dsn", as `aspis secrets list` prints it
 *
 * ORIGIN is these names, of where a value comes from:
 *   origin         TEXT   "static", "value", "copy", "generate"
 *   origin_words   TEXT   "must be provided", "literal value", "copied", "generated"
 *   is_static, is_value, is_copy, is_generate   BOOL  (exactly one)
 *   copy           OBJECT SECRET of the source, and BOOL is_resolved: it leads to a secret (else label and href are those of a declared one, if there is any: has_page)
 *   generate       OBJECT type TEXT, type_code CODE, type_words TEXT ("a random password"), and
 *                         source OBJECT SECRET, of derived types; is_resolved as above
 *   literal        OBJECT value TEXT, value_code CODE, BOOL is_withheld: it looks like a credential; value is empty then
 *   origin_condition OBJECT CONDITION of the copy or generate stanza that is the origin; absent where it has none
 *
 * CONDITION is these names, of an `if`:
 *   condition       TEXT   "config.sentry.enabled"
 *   condition_code  CODE
 *   truth           BOOL
 *   decided         OBJECT PLACE: the value that decides it; absent: nothing sets it, so it is false
 *
 * All pages:
 *   title           TEXT
 *   title_rule      TEXT   "=====", as long as {{title}} is wide in this format: for reStructuredText
 *   root            TEXT   the way to the folder of all pages: "" or "../"
 *   page, label     TEXT   of this page, as in LINK
 *   is_index, is_application_page, is_environment_page   BOOL
 *   is_partial      BOOL   some environments were left out (--env)
 *   index_label, index_href, applications_label, environments_label  TEXT
 *   all_applications, all_environments   LIST of LINK with page_name TEXT ("tap": of its file without folder and suffix)
 *   px_roles        BOOL   --role-style phalanx: link with :px-app: and :px-env:
 *
 * "index", "applications", "environments":
 *   application_count, environment_count, secret_count   COUNT
 *   matrix_environments  LIST of LINK with fqdn TEXT; required_count COUNT, secrets that it requires; static_count COUNT, of these those that somebody must provide; unresolved_count COUNT; has_unresolved BOOL
 *   matrix_applications  LIST of LINK with secret_count COUNT (declared, in any file); has_secrets BOOL; enabled_count COUNT (environments); and
 *     cells              LIST, one for each of matrix_environments, in that order:
 *       enabled          BOOL
 *       has_required     BOOL
 *       required_count   COUNT
 *       cell_weight      COUNT  for shades: 0, 1, 2 (2 or 3 secrets), 3 (4 to 7), 4 (more)
 *       has_unresolved   BOOL   one of them cannot be resolved
 *       cell_label, cell_href    TEXT   of the application's section on the environment's page; empty where it is not enabled
 *       environment_name TEXT
 *
 * "application":
 *   LINK of the application; folder_code CODE ("applications/tap")
 *   enabled_in           LIST of LINK, the environments that enable it, with required_count COUNT
 *   secrets              LIST, by key:
 *     LINK of the secret, its name being the key; name_rule TEXT as title_rule, with hyphens, for {{name_code}}
 *     full_name, full_name_code as in SECRET
 *     declarations       LIST; mostly one. The first is that of secrets.yaml, if it has one:
 *       is_base          BOOL   it is in secrets.yaml: counts wherever no other one does
 *       only             BOOL   it is the only one, and in secrets.yaml
 *       overlay          OBJECT LINK of the environment that it is for; absent for that of secrets.yaml; has_page BOOL: that environment is shown
 *       declared         OBJECT PLACE
 *       DESCRIPTION (below)
 *       required_if      OBJECT condition, condition_code: its `if`
 *       copied_from      OBJECT SECRET, has_page; copy_if OBJECT condition, condition_code
 *       generated        OBJECT type, type_code, type_words; source OBJECT SECRET; generate_if OBJECT condition, condition_code
 *       literal          OBJECT as in ORIGIN
 *       may_be_static    BOOL   it has neither literal nor copy nor generate, or these are conditional
 *       is_static_only   BOOL   it has neither of them
 *       encoded          BOOL   base64 in 1Password
 *     declaration_groups LIST: the same, but those together that say the same in different files; of environments that are left out there are none. Each has what its first declaration has, and:
 *       is_base, only    BOOL   of the group
 *       overlays         LIST of LINK of the environments that it is for, has_page
 *       declared_at      LIST of PLACE
 *     outcomes           LIST: environments that enable the application, those together that need it in the same way and for the same reason; required ones first:
 *       required         BOOL
 *       ORIGIN           of required ones (else all of it empty and false)
 *       required_by      OBJECT CONDITION of its `if`, decided at the same place in all of them; absent: it has none
 *       reason           TEXT   why not: "its condition is false", "it is declared for other environments only"; empty where it is required
 *       places           LIST of LINK of the environment, each with unresolved LIST of FINDING
 *       is_unresolved    BOOL   it cannot be resolved in them
 *     is_required        BOOL   in some environment
 *     is_plain           BOOL   there is one outcome, required, and no condition decides it: its places say no more than required_in
 *     required_in        LIST of LINK: environments
 *     copied_to          LIST of SECRET: what is copied from it in some environment, with in_environments LIST of LINK and everywhere BOOL (in all that require it)
 *     derived            LIST of SECRET: likewise what is generated from it
 *     consumers          LIST: what takes it:
 *       kind             TEXT   "env", "volume", …, "vaultSecret"
 *       kind_words       TEXT   "an environment variable (secretKeyRef)"
 *       is_vault_secret  BOOL   it is the VaultSecret that copies it from Vault into a Secret
 *       object_kind, object_name    TEXT  "Deployment", "tap"; empty where unknown; object_code CODE "Deployment/tap"
 *       secret_name, secret_name_code    of the Kubernetes Secret that it goes through; empty where unknown
 *       secret_key, secret_key_code      its key there, where one is named; empty where a VaultSecret puts it under several
 *       used_by          OBJECT LINK of the application whose manifest it is; absent where it is the secret's own
 *       used_at          LIST of PLACE: all of them, where it takes it at several
 *       maybe            BOOL   not certain
 *       in_environments  LIST of LINK; everywhere BOOL
 *
 * DESCRIPTION is these names:
 *   description          BLOCKS  empty where there is none
 *   has_description      BOOL
 *   summary              INLINE  its first paragraph
 *   is_verbatim          BOOL    it is not valid (7xx) and is shown as it stands: description is a literal block
 *   described_by         OBJECT SECRET: what it is copied from, where the description is that one's
 *
 * FINDING is these names:
 *   code, rule           TEXT    "ASP203", "copy-unknown-key"
 *   message              TEXT    the words of `aspis check`
 *   found                OBJECT  PLACE
 *
 * "environment":
 *   LINK of the environment; settings_code CODE ("environments/values-idfdev.yaml")
 *   fqdn                 TEXT; fqdn_code CODE
 *   vault                OBJECT  url TEXT, url_code CODE (empty where there is none), has_url BOOL; path TEXT, path_code CODE, has_path BOOL
 *   onepassword          OBJECT  connect_url TEXT, connect_url_code CODE; vault_title TEXT, vault_title_code CODE, has_vault_title BOOL. Absent: static secrets come from a file
 *   required_count, static_count, application_count   COUNT; has_one_required, has_one_application BOOL: it is 1, for the singular
 *   provide              LIST of LINK of an application, with what somebody must provide: provide_secrets LIST of NEED
 *   oidc                 LIST of SECRET of type oidc-clients, which are made of the special secret oidc-clients
 *   requirements         LIST of LINK of an application, with section_label TEXT, section_href TEXT and name_rule TEXT (of carets); required_count COUNT; requirement_secrets LIST of NEED. All enabled applications are
 *                        there, also without secrets; page is empty for one that has no folder
 *   unresolved           LIST of FINDING with of_secret OBJECT SECRET
 *
 * NEED is these names, of a secret in this environment:
 *   SECRET, ORIGIN, DESCRIPTION, required_by OBJECT CONDITION (absent: always), encoded BOOL
 *   need_unresolved      LIST of FINDING
 *
 * The site, besides (format html only; site.c). Hrefs of the index are from the folder of all pages, as the index itself lies there:
 *   KINDS is a LIST kinds, one for each kind of origin that an environment's secrets have: kind TEXT ("static", as origin), kind_words TEXT ("to provide"), kind_count COUNT, and its part of a bar of 1000:
 *                        bar_start, bar_width COUNT
 *   "index":
 *     cards              LIST of environments: name, href, fqdn, application_count, has_one_application BOOL, required_count, static_count, unresolved_count, KINDS
 *     has_graph BOOL, graph an <svg>: what applications copy from each other
 *     pairs              LIST of two applications: from_name, from_href, to_name, to_href, copy_count; pair_copies LIST of source_key, source_href, target_key, target_href, is_renamed BOOL (these keys differ),
 *                        everywhere BOOL (in all environments shown), copy_environments LIST of name, href, last
 *   "application":
 *     has_across BOOL, across LIST of across_key, across_label; across_cells LIST, one for each of enabled_in: is_needed, is_broken (it cannot be resolved) BOOL, kind, kind_words
 *     has_graph BOOL, graph as above, of copies from and to the application
 *   "environment":
 *     KINDS
 */
#ifndef ASPIS_DOCS_VIEW_H
#define ASPIS_DOCS_VIEW_H

#include "docs/format.h"

struct docs_view_options {
	bool px_roles;
};

/* What all pages of a format share: descriptions as markup, and lists of what there is. */
struct docs_views;
struct docs_views *docs_views_new(const struct docs_inventory *inventory, const struct docs_format *format,
	const struct docs_view_options *options);
void docs_views_free(struct docs_views *views);

/* What the template of a page sees, in arena. Valid as long as the arena and views. */
struct mustache_value *docs_view(struct docs_views *views, struct arena *arena, const struct docs_page *page);

/* A name as pages show it: something to be seen, whatever it is. */
struct str view_shown(struct str name);

/* The address of what has a page, or (is_part) a place on one: "applications/tap.html", "applications/tap.html#aspis-secret-tap-key"; for graph and search of the site. */
struct str docs_href(struct arena *arena, const struct docs_format *format, const struct docs_link *link, bool is_part);

#endif
