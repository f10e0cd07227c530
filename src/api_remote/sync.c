#include <aspis/sync.h>

#include <stdlib.h>
#include <time.h>

#include "api/api.h"
#include "api/environment.h"
#include "api_remote/sync_private.h"
#include "base/pool.h"
#include "base/xalloc.h"
#include "sync/audit.h"
#include "sync/plan_report.h"

static struct aspis_sync *create(const struct aspis_environment *environment, const struct aspis_sync_options *options)
{
	struct aspis_sync *sync = xcalloc(1, sizeof(*sync));

	arena_init(&sync->arena);
	sync->settings = *options;
	sync->environment = environment;
	sync->resolution = api_environment_resolution(environment);
	vec_init(&sync->only, sizeof(struct str));
	vec_init(&sync->exclude, sizeof(struct str));
	vec_init(&sync->rotate, sizeof(struct str));
	vec_init(&sync->changes, sizeof(struct str));
	given_values_init(&sync->given);
	store_snapshot_init(&sync->remote);
	sync->verdicts = bcrypt_verdicts_new();
	sync->now = time(NULL);
	return sync;
}

/* Who uses a key has to be known before it is deleted, and is told where it is renewed or updated. */
static void follow_uses(struct aspis_sync *sync)
{
	struct vec environments = VEC_INIT(const struct environment *);

	if (sync->settings.purpose == ASPIS_SYNC_AUDIT)
		return;
	vec_push_pointer(&environments, sync->resolution->environment);
	sync->delivery = api_delivery(api_environment_repository(sync->environment), &environments);
	vec_release(&environments);
}

static struct plan_subject subject_of(const struct aspis_sync *sync)
{
	return (struct plan_subject){
		.plan = sync->plan,
		.options = &sync->options,
		.given = &sync->given,
		.remote = &sync->remote,
		.source = sync->secrets,
		.scheme = sync->legacy ? STR("legacy") : STR_ABSENT,
	};
}

static bool work(struct aspis_sync *sync, struct aspis_remote *remote, struct error *error)
{
	const struct environment *environment = sync->resolution->environment;
	struct plan_subject subject;

	if (!server_init(&sync->server, remote, environment, ASPIS_REMOTE_SECRETS, error) ||
		!sync_take_options(sync, error) || !sync_read(sync, error))
		return false;
	follow_uses(sync);
	sync->plan = sync_plan(sync, &sync->remote);
	subject = subject_of(sync);
	return !sync->file || plan_file_compare(sync->file, &subject, &sync->changes, &sync->arena, error);
}

struct aspis_sync *aspis_sync_open(struct aspis_remote *remote, const struct aspis_environment *environment,
	const struct aspis_sync_options *options, struct aspis_error *error)
{
	struct aspis_sync *sync = create(environment, options);
	struct error cause = ERROR_INIT;

	if (work(sync, remote, &cause))
		return sync;
	aspis_sync_free(sync);
	api_fail(error, &cause);
	return NULL;
}

void aspis_sync_free(struct aspis_sync *sync)
{
	if (!sync)
		return;
	if (sync->is_applied)
		apply_result_release(&sync->result);
	plan_free(sync->plan);
	plan_file_free(sync->file);
	bcrypt_verdicts_free(sync->verdicts);
	delivery_free(sync->delivery);
	server_release(&sync->server);
	store_snapshot_release(&sync->remote);
	given_values_release(&sync->given);
	vec_release(&sync->only);
	vec_release(&sync->exclude);
	vec_release(&sync->rotate);
	vec_release(&sync->changes);
	arena_release(&sync->arena);
	free(sync);
}

const char *aspis_sync_store(const struct aspis_sync *sync)
{
	return store_name(sync->server.store).ptr;
}

bool aspis_sync_has_work(const struct aspis_sync *sync)
{
	return plan_has_work(sync->plan);
}

bool aspis_sync_is_blocked(const struct aspis_sync *sync)
{
	return plan_blocked(sync->plan) > 0;
}

int aspis_sync_obstruction(const struct aspis_sync *sync)
{
	return plan_obstruction(sync->plan);
}

const char *aspis_sync_error(const struct aspis_sync *sync, size_t index)
{
	for (size_t i = 0; i < sync->plan->notes.len; i++) {
		const struct plan_note *note = vec_at(&sync->plan->notes, i);

		if ((note->kind == PLAN_NOTE_MALFORMED || note->kind == PLAN_NOTE_USAGE) && index-- == 0)
			return note->text.ptr;
	}
	return NULL;
}

const char *aspis_sync_source_error(const struct aspis_sync *sync, size_t index)
{
	return index < sync->given.problems.len ? ((struct str *)vec_at(&sync->given.problems, index))->ptr : NULL;
}

const char *aspis_sync_change(const struct aspis_sync *sync, size_t index)
{
	return index < sync->changes.len ? ((struct str *)vec_at(&sync->changes, index))->ptr : NULL;
}

static struct plan_report report_of(const struct aspis_sync *sync, bool color, bool quiet)
{
	return (struct plan_report){
		.plan = sync->plan,
		.given = &sync->given,
		.store = sync->server.store,
		.color = color,
		.quiet = quiet,
		.journal = sync->journal,
	};
}

char *aspis_sync_render(const struct aspis_sync *sync, const char *format, bool color, bool quiet, size_t *size,
	struct aspis_error *error)
{
	struct plan_report report = report_of(sync, color, quiet);
	struct strbuf text = STRBUF_INIT;

	if (!format || str_is(str_of(format), "text")) {
		plan_text(&text, &report);
	} else if (str_is(str_of(format), "json")) {
		plan_json(&text, &report, sync->is_applied ? &sync->result : NULL);
	} else {
		api_refuse(error, "a plan cannot be printed as '%s'", format);
		return NULL;
	}
	return api_detach(&text, size);
}

char *aspis_sync_outcome(const struct aspis_sync *sync, bool color, bool quiet, size_t *size)
{
	struct plan_report report = report_of(sync, color, quiet);
	struct strbuf text = STRBUF_INIT;

	if (sync->is_applied)
		apply_text(&text, &report, &sync->result);
	return api_detach(&text, size);
}

char *aspis_sync_audit(
	const struct aspis_sync *sync, const char *format, bool *clean, size_t *size, struct aspis_error *error)
{
	struct audit *audit = audit_new(sync->plan);
	struct strbuf text = STRBUF_INIT;
	char *result = NULL;

	*clean = audit_is_clean(audit);
	if (!format || str_is(str_of(format), "text"))
		audit_text(&text, audit);
	else if (str_is(str_of(format), "json"))
		audit_json(&text, audit);
	else
		api_refuse(error, "an audit cannot be printed as '%s'", format);
	if (!error || error->kind == ASPIS_ERROR_NONE)
		result = api_detach(&text, size);
	audit_free(audit);
	return result;
}

bool aspis_sync_save(const struct aspis_sync *sync, const char *path, struct aspis_error *error)
{
	struct plan_subject subject = subject_of(sync);
	struct error cause = ERROR_INIT;

	return plan_file_write(path, &subject, &cause) || api_fail(error, &cause);
}

static struct plan *replan(void *context, const struct store_snapshot *remote)
{
	return sync_plan(context, remote);
}

static int interrupted(void *context)
{
	const struct aspis_sync *sync = context;

	return sync->interrupted ? sync->interrupted(sync->interrupted_context) : 0;
}

static void tell(void *context, size_t done, size_t count)
{
	const struct aspis_sync *sync = context;

	if (sync->settings.progress)
		sync->settings.progress(sync->settings.context, "writing", done, count);
}

static void warn(const struct aspis_sync *sync, struct error *error)
{
	if (sync->settings.warn)
		sync->settings.warn(sync->settings.context, error->message);
	error_release(error);
}

/* That no account can be kept is no reason to leave things undone. */
static struct journal *begin_journal(struct aspis_sync *sync)
{
	struct str environment = sync->resolution->environment->name;
	struct str folder = journal_folder(&sync->arena, getenv("XDG_STATE_HOME"), getenv("HOME"));
	struct error error = ERROR_INIT;
	struct journal *journal = NULL;

	if (str_is_absent(folder))
		error_set(&error, ERROR_SYSTEM,
			"no journal is kept: neither XDG_STATE_HOME nor HOME is an absolute path");
	else
		journal = journal_new(folder, environment, store_name(sync->server.store), &error);
	if (!journal) {
		warn(sync, &error);
		return NULL;
	}
	sync->journal = arena_str(&sync->arena, journal_path(journal));
	return journal;
}

static void end_journal(const struct aspis_sync *sync, struct journal *journal)
{
	const struct apply_result *result = &sync->result;
	struct error error = ERROR_INIT;

	if (journal && !journal_end(journal, result->signal, result->count[APPLY_DONE], result->count[APPLY_FAILED],
			       result->count[APPLY_NOT_TRIED], &error))
		warn(sync, &error);
	journal_free(journal);
}

int aspis_sync_apply(struct aspis_sync *sync, aspis_sync_interrupted *ask, void *context)
{
	struct apply_input input = {
		.plan = sync->plan,
		.remote = &sync->remote,
		.store = sync->server.store,
		.jobs = sync->settings.jobs > 0 ? sync->settings.jobs : pool_default_jobs(),
		.now = sync->now,
		.replan = replan,
		.interrupted = interrupted,
		.progress = tell,
		.context = sync,
	};
	struct journal *journal = begin_journal(sync);

	sync->interrupted = ask;
	sync->interrupted_context = context;
	input.journal = journal;
	apply_run(&sync->result, &input);
	sync->is_applied = true;
	end_journal(sync, journal);
	if (sync->result.signal != 0)
		return 128 + sync->result.signal;
	if (sync->result.unfinished)
		return 3;
	return sync->result.blocked > 0 ? 1 : 0;
}
