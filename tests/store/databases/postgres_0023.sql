CREATE FUNCTION public.dragoman_count_events() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN INSERT INTO event_numbers AS n (actor, month, status, told_as, category, is_shown, number, undated) SELECT a.actor, coalesce(OLD.month, ''), OLD.status, OLD.told_as, OLD.category, coalesce(OLD.is_shown, false), -1, -((OLD.start_day IS NULL)::integer) FROM (SELECT '' AS actor UNION SELECT OLD.source WHERE OLD.source IS NOT NULL UNION SELECT OLD.target WHERE OLD.target IS NOT NULL) a WHERE OLD.retracted_at IS NULL ON CONFLICT (actor, month, status, told_as, category, is_shown) DO UPDATE SET number = n.number + excluded.number, undated = n.undated + excluded.undated; DELETE FROM event_numbers WHERE actor IN (SELECT '' AS actor UNION SELECT OLD.source WHERE OLD.source IS NOT NULL UNION SELECT OLD.target WHERE OLD.target IS NOT NULL) AND (month, status, told_as, category, is_shown) = (coalesce(OLD.month, ''), OLD.status, OLD.told_as, OLD.category, coalesce(OLD.is_shown, false)) AND number = 0; END IF;
  IF TG_OP <> 'DELETE' THEN INSERT INTO event_numbers AS n (actor, month, status, told_as, category, is_shown, number, undated) SELECT a.actor, coalesce(NEW.month, ''), NEW.status, NEW.told_as, NEW.category, coalesce(NEW.is_shown, false), +1, +((NEW.start_day IS NULL)::integer) FROM (SELECT '' AS actor UNION SELECT NEW.source WHERE NEW.source IS NOT NULL UNION SELECT NEW.target WHERE NEW.target IS NOT NULL) a WHERE NEW.retracted_at IS NULL ON CONFLICT (actor, month, status, told_as, category, is_shown) DO UPDATE SET number = n.number + excluded.number, undated = n.undated + excluded.undated; END IF;
  RETURN NULL;
END $$;
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.alert_events (
    alert_id bigint NOT NULL,
    event_id text NOT NULL COLLATE pg_catalog."C",
    said text COLLATE pg_catalog."C"
);
CREATE TABLE public.alerts (
    id bigint NOT NULL,
    search_id integer NOT NULL,
    way text NOT NULL COLLATE pg_catalog."C",
    address text COLLATE pg_catalog."C",
    origins integer NOT NULL,
    language text NOT NULL COLLATE pg_catalog."C",
    made_at text NOT NULL COLLATE pg_catalog."C",
    confirmed_at text COLLATE pg_catalog."C",
    nonce text COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.alerts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.alerts_id_seq OWNED BY public.alerts.id;
CREATE TABLE public.api_tokens (
    id bigint NOT NULL,
    digest text NOT NULL COLLATE pg_catalog."C",
    member_id integer NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    scope text NOT NULL COLLATE pg_catalog."C",
    made_at text NOT NULL COLLATE pg_catalog."C",
    until text NOT NULL COLLATE pg_catalog."C",
    used_at text COLLATE pg_catalog."C",
    revoked_at text COLLATE pg_catalog."C",
    nonce text COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.api_tokens_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.api_tokens_id_seq OWNED BY public.api_tokens.id;
CREATE TABLE public.article_actors (
    article_id text NOT NULL COLLATE pg_catalog."C",
    actor text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    mentions integer NOT NULL,
    newest bigint
);
CREATE TABLE public.article_versions (
    article_id text NOT NULL COLLATE pg_catalog."C",
    step text NOT NULL COLLATE pg_catalog."C",
    version text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.article_words (
    number bigint NOT NULL,
    headline text NOT NULL COLLATE pg_catalog."C",
    body text NOT NULL COLLATE pg_catalog."C",
    size integer NOT NULL,
    words tsvector
);
CREATE TABLE public.articles (
    seq bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    capture_id text NOT NULL COLLATE pg_catalog."C",
    given_id text COLLATE pg_catalog."C",
    revision integer NOT NULL,
    title text COLLATE pg_catalog."C",
    url text COLLATE pg_catalog."C",
    outlet text COLLATE pg_catalog."C",
    language text COLLATE pg_catalog."C",
    published text COLLATE pg_catalog."C",
    json text NOT NULL COLLATE pg_catalog."C",
    first_kept text COLLATE pg_catalog."C",
    newest bigint,
    outlet_key text COLLATE pg_catalog."C",
    host text COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.articles_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.articles_seq_seq OWNED BY public.articles.seq;
CREATE TABLE public.audit_items (
    audit text NOT NULL COLLATE pg_catalog."C",
    "position" integer NOT NULL,
    report_id text NOT NULL COLLATE pg_catalog."C",
    article_id text NOT NULL COLLATE pg_catalog."C",
    json text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.audit_verdicts (
    audit text NOT NULL COLLATE pg_catalog."C",
    report_id text NOT NULL COLLATE pg_catalog."C",
    reader text NOT NULL COLLATE pg_catalog."C",
    verdict text NOT NULL COLLATE pg_catalog."C",
    wrong text NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    at text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.audits (
    seq bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    json text NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.audits_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.audits_seq_seq OWNED BY public.audits.seq;
CREATE TABLE public.backings (
    article_id text NOT NULL COLLATE pg_catalog."C",
    json text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.captures (
    seq bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    origin text NOT NULL COLLATE pg_catalog."C",
    media_type text NOT NULL COLLATE pg_catalog."C",
    body bytea NOT NULL,
    charset text COLLATE pg_catalog."C",
    url text COLLATE pg_catalog."C",
    fetched text COLLATE pg_catalog."C",
    language text COLLATE pg_catalog."C",
    published text COLLATE pg_catalog."C",
    bare boolean NOT NULL,
    article_id text COLLATE pg_catalog."C",
    entry text COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.captures_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.captures_seq_seq OWNED BY public.captures.seq;
CREATE TABLE public.comment_blocks (
    who text NOT NULL COLLATE pg_catalog."C",
    of text NOT NULL COLLATE pg_catalog."C",
    comment_id integer NOT NULL,
    at text NOT NULL COLLATE pg_catalog."C",
    by text COLLATE pg_catalog."C",
    why text COLLATE pg_catalog."C"
);
CREATE TABLE public.comment_deeds (
    id bigint NOT NULL,
    comment_id integer NOT NULL,
    did text NOT NULL COLLATE pg_catalog."C",
    was text COLLATE pg_catalog."C",
    became text NOT NULL COLLATE pg_catalog."C",
    at text NOT NULL COLLATE pg_catalog."C",
    by text COLLATE pg_catalog."C",
    why text COLLATE pg_catalog."C",
    undone boolean NOT NULL
);
CREATE SEQUENCE public.comment_deeds_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.comment_deeds_id_seq OWNED BY public.comment_deeds.id;
CREATE TABLE public.comment_erasures (
    id bigint NOT NULL,
    at text NOT NULL COLLATE pg_catalog."C",
    what text NOT NULL COLLATE pg_catalog."C",
    number integer NOT NULL
);
CREATE SEQUENCE public.comment_erasures_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.comment_erasures_id_seq OWNED BY public.comment_erasures.id;
CREATE TABLE public.comment_filter (
    id bigint NOT NULL,
    weights bytea NOT NULL,
    at text NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.comment_filter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.comment_filter_id_seq OWNED BY public.comment_filter.id;
CREATE TABLE public.comment_lessons (
    deed_id bigint NOT NULL,
    comment_id integer NOT NULL,
    is_spam boolean NOT NULL,
    lesson bytea NOT NULL,
    at text NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.comment_lessons_deed_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.comment_lessons_deed_id_seq OWNED BY public.comment_lessons.deed_id;
CREATE TABLE public.comments (
    id bigint NOT NULL,
    article_id text NOT NULL COLLATE pg_catalog."C",
    parent integer,
    name text NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL COLLATE pg_catalog."C",
    language text NOT NULL COLLATE pg_catalog."C",
    made_at text NOT NULL COLLATE pg_catalog."C",
    edited_at text COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    score double precision NOT NULL,
    reasons text NOT NULL COLLATE pg_catalog."C",
    author text COLLATE pg_catalog."C",
    person text COLLATE pg_catalog."C",
    has_email boolean NOT NULL,
    decided_at text COLLATE pg_catalog."C",
    decided_by text COLLATE pg_catalog."C",
    why text COLLATE pg_catalog."C",
    nonce text COLLATE pg_catalog."C",
    circumstances text NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.comments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.comments_id_seq OWNED BY public.comments.id;
CREATE TABLE public.copies (
    article_id text NOT NULL COLLATE pg_catalog."C",
    "position" integer NOT NULL,
    origin_id text NOT NULL COLLATE pg_catalog."C",
    share double precision NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    basis text NOT NULL COLLATE pg_catalog."C",
    reason text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.copy_keys (
    period integer NOT NULL,
    key bigint NOT NULL,
    text bigint NOT NULL
);
CREATE TABLE public.copy_shared (
    a bigint NOT NULL,
    b bigint NOT NULL,
    words integer NOT NULL,
    runs bytea NOT NULL
);
CREATE TABLE public.copy_texts (
    text bigint NOT NULL,
    words bytea NOT NULL
);
CREATE TABLE public.desk_changes (
    id bigint NOT NULL,
    of text NOT NULL COLLATE pg_catalog."C",
    target_id text NOT NULL COLLATE pg_catalog."C",
    what text NOT NULL COLLATE pg_catalog."C",
    detail text COLLATE pg_catalog."C",
    by text COLLATE pg_catalog."C",
    why text COLLATE pg_catalog."C",
    at text NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.desk_changes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.desk_changes_id_seq OWNED BY public.desk_changes.id;
CREATE TABLE public.dragoman_desk (
    application bigint NOT NULL,
    writes bigint NOT NULL
);
COMMENT ON TABLE public.dragoman_desk IS 'A desk of Dragoman; its tables are changed by it alone.';
CREATE TABLE public.entries (
    seq bigint NOT NULL,
    source_id text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    address text COLLATE pg_catalog."C",
    normal text COLLATE pg_catalog."C",
    entry text NOT NULL COLLATE pg_catalog."C",
    updated text COLLATE pg_catalog."C",
    dated text NOT NULL COLLATE pg_catalog."C",
    first_seen text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    reason text COLLATE pg_catalog."C",
    capture_id text COLLATE pg_catalog."C",
    tries integer NOT NULL,
    next_try text COLLATE pg_catalog."C",
    revisits integer NOT NULL
);
CREATE SEQUENCE public.entries_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.entries_seq_seq OWNED BY public.entries.seq;
CREATE TABLE public.error_notes (
    id bigint NOT NULL,
    event_id text NOT NULL COLLATE pg_catalog."C",
    revision integer NOT NULL,
    what text NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL COLLATE pg_catalog."C",
    at text NOT NULL COLLATE pg_catalog."C",
    done_at text COLLATE pg_catalog."C",
    done_by text COLLATE pg_catalog."C",
    nonce text COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.error_notes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.error_notes_id_seq OWNED BY public.error_notes.id;
CREATE TABLE public.event_numbers (
    actor text NOT NULL COLLATE pg_catalog."C",
    month text NOT NULL COLLATE pg_catalog."C",
    status text NOT NULL COLLATE pg_catalog."C",
    told_as text NOT NULL COLLATE pg_catalog."C",
    category text NOT NULL COLLATE pg_catalog."C",
    is_shown boolean NOT NULL,
    number integer NOT NULL,
    undated integer NOT NULL
);
CREATE TABLE public.event_redirects (
    old_id text NOT NULL COLLATE pg_catalog."C",
    event_id text NOT NULL COLLATE pg_catalog."C",
    at text COLLATE pg_catalog."C"
);
CREATE TABLE public.event_reports (
    report_id text NOT NULL COLLATE pg_catalog."C",
    event_id text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.event_sides (
    event_id text NOT NULL COLLATE pg_catalog."C",
    actor text NOT NULL COLLATE pg_catalog."C",
    side integer NOT NULL,
    newest bigint NOT NULL
);
CREATE TABLE public.event_words (
    number bigint NOT NULL,
    names text NOT NULL COLLATE pg_catalog."C",
    told text NOT NULL COLLATE pg_catalog."C",
    size integer NOT NULL,
    words tsvector
);
CREATE TABLE public.events (
    id text NOT NULL COLLATE pg_catalog."C",
    category text NOT NULL COLLATE pg_catalog."C",
    status text NOT NULL COLLATE pg_catalog."C",
    told_as text NOT NULL COLLATE pg_catalog."C",
    source text COLLATE pg_catalog."C",
    target text COLLATE pg_catalog."C",
    start_day text COLLATE pg_catalog."C",
    end_day text COLLATE pg_catalog."C",
    json text NOT NULL COLLATE pg_catalog."C",
    month text COLLATE pg_catalog."C",
    revision integer DEFAULT 1 NOT NULL,
    retracted_at text COLLATE pg_catalog."C",
    seq integer,
    newest bigint,
    quad integer,
    origins integer,
    place text COLLATE pg_catalog."C",
    country text COLLATE pg_catalog."C",
    x double precision,
    y double precision,
    z double precision,
    is_shown boolean,
    languages text COLLATE pg_catalog."C",
    is_mutual boolean
);
CREATE TABLE public.failures (
    capture_id text NOT NULL COLLATE pg_catalog."C",
    origin text NOT NULL COLLATE pg_catalog."C",
    step text NOT NULL COLLATE pg_catalog."C",
    reason text NOT NULL COLLATE pg_catalog."C",
    at text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.invitations (
    member_id bigint NOT NULL,
    digest text NOT NULL COLLATE pg_catalog."C",
    until text NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.invitations_member_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.invitations_member_id_seq OWNED BY public.invitations.member_id;
CREATE TABLE public.judged (
    id text NOT NULL COLLATE pg_catalog."C",
    judgement_id integer NOT NULL
);
CREATE TABLE public.judgements (
    id bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    target_id text NOT NULL COLLATE pg_catalog."C",
    word text NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    by text COLLATE pg_catalog."C",
    at text NOT NULL COLLATE pg_catalog."C",
    undone_at text COLLATE pg_catalog."C",
    undone_by text COLLATE pg_catalog."C",
    undone_why text COLLATE pg_catalog."C",
    is_due boolean NOT NULL
);
CREATE SEQUENCE public.judgements_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.judgements_id_seq OWNED BY public.judgements.id;
CREATE TABLE public.keys (
    name text NOT NULL COLLATE pg_catalog."C",
    value bytea NOT NULL,
    made_at text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.member_changes (
    id bigint NOT NULL,
    member_id integer NOT NULL,
    what text NOT NULL COLLATE pg_catalog."C",
    role text COLLATE pg_catalog."C",
    by text COLLATE pg_catalog."C",
    why text COLLATE pg_catalog."C",
    at text NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.member_changes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.member_changes_id_seq OWNED BY public.member_changes.id;
CREATE TABLE public.members (
    id bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    role text NOT NULL COLLATE pg_catalog."C",
    hash text COLLATE pg_catalog."C",
    made_at text NOT NULL COLLATE pg_catalog."C",
    closed_at text COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.members_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.members_id_seq OWNED BY public.members.id;
CREATE TABLE public.messages (
    id bigint NOT NULL,
    alert_id integer NOT NULL,
    made_at text NOT NULL COLLATE pg_catalog."C",
    told text NOT NULL COLLATE pg_catalog."C",
    tries integer NOT NULL,
    next_try text COLLATE pg_catalog."C",
    sent_at text COLLATE pg_catalog."C",
    fault text COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.messages_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.messages_id_seq OWNED BY public.messages.id;
CREATE TABLE public.outline_keys (
    key text NOT NULL COLLATE pg_catalog."C",
    start_day text NOT NULL COLLATE pg_catalog."C",
    outline_id text NOT NULL COLLATE pg_catalog."C",
    end_day text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.outline_reports (
    report_id text NOT NULL COLLATE pg_catalog."C",
    article_id text NOT NULL COLLATE pg_catalog."C",
    outline_id text NOT NULL COLLATE pg_catalog."C",
    outlet text NOT NULL COLLATE pg_catalog."C",
    moment text COLLATE pg_catalog."C",
    language text COLLATE pg_catalog."C"
);
CREATE TABLE public.outline_ties (
    one text NOT NULL COLLATE pg_catalog."C",
    other text NOT NULL COLLATE pg_catalog."C",
    score double precision NOT NULL,
    same_day boolean NOT NULL,
    is_other_dated boolean NOT NULL
);
CREATE TABLE public.outlines (
    id text NOT NULL COLLATE pg_catalog."C",
    json text NOT NULL COLLATE pg_catalog."C",
    is_dated boolean NOT NULL,
    anchor text COLLATE pg_catalog."C",
    is_alone boolean NOT NULL,
    part text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.printings (
    article_id text NOT NULL COLLATE pg_catalog."C",
    text bigint NOT NULL,
    period integer NOT NULL,
    words integer NOT NULL,
    first text NOT NULL COLLATE pg_catalog."C",
    last text NOT NULL COLLATE pg_catalog."C",
    by text NOT NULL COLLATE pg_catalog."C",
    credits text NOT NULL COLLATE pg_catalog."C",
    credit text NOT NULL COLLATE pg_catalog."C",
    moment text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.quotes (
    article_id text NOT NULL COLLATE pg_catalog."C",
    json text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.readings (
    article_id text NOT NULL COLLATE pg_catalog."C",
    reading bytea NOT NULL,
    refs bytea NOT NULL
);
CREATE TABLE public.refusals (
    digest text NOT NULL COLLATE pg_catalog."C",
    cause text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.reports (
    id text NOT NULL COLLATE pg_catalog."C",
    article_id text NOT NULL COLLATE pg_catalog."C",
    "position" integer NOT NULL,
    revision integer NOT NULL,
    retracted_at text COLLATE pg_catalog."C",
    coder_version text COLLATE pg_catalog."C",
    json text NOT NULL COLLATE pg_catalog."C",
    first_made text COLLATE pg_catalog."C",
    last_event text COLLATE pg_catalog."C",
    codebook_version text COLLATE pg_catalog."C",
    lexicon_version text COLLATE pg_catalog."C"
);
CREATE TABLE public.republish_decisions (
    id bigint NOT NULL,
    article_id text NOT NULL COLLATE pg_catalog."C",
    digest text NOT NULL COLLATE pg_catalog."C",
    what text NOT NULL COLLATE pg_catalog."C",
    lead text COLLATE pg_catalog."C",
    by text COLLATE pg_catalog."C",
    why text COLLATE pg_catalog."C",
    at text NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.republish_decisions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.republish_decisions_id_seq OWNED BY public.republish_decisions.id;
CREATE TABLE public.searches (
    id bigint NOT NULL,
    member_id integer NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    query text NOT NULL COLLATE pg_catalog."C",
    seen integer NOT NULL,
    seen_at text NOT NULL COLLATE pg_catalog."C",
    made_at text NOT NULL COLLATE pg_catalog."C",
    nonce text COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.searches_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.searches_id_seq OWNED BY public.searches.id;
CREATE TABLE public.sessions (
    id text NOT NULL COLLATE pg_catalog."C",
    member_id integer NOT NULL,
    made_at text NOT NULL COLLATE pg_catalog."C",
    seen_at text NOT NULL COLLATE pg_catalog."C",
    until text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.showing (
    rule text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.signatures (
    seq bigint NOT NULL,
    article_id text NOT NULL COLLATE pg_catalog."C",
    day text NOT NULL COLLATE pg_catalog."C",
    is_original boolean NOT NULL,
    "row" bytea NOT NULL,
    signature bytea NOT NULL
);
CREATE SEQUENCE public.signatures_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.signatures_seq_seq OWNED BY public.signatures.seq;
CREATE TABLE public.sources (
    seq bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    address text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    title text COLLATE pg_catalog."C",
    outlet text COLLATE pg_catalog."C",
    licence text COLLATE pg_catalog."C",
    tags text NOT NULL COLLATE pg_catalog."C",
    active boolean NOT NULL,
    added text NOT NULL COLLATE pg_catalog."C",
    due text COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.sources_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.sources_seq_seq OWNED BY public.sources.seq;
CREATE TABLE public.stories (
    id text NOT NULL COLLATE pg_catalog."C",
    start_day text COLLATE pg_catalog."C",
    end_day text COLLATE pg_catalog."C",
    size integer NOT NULL
);
CREATE TABLE public.story_links (
    article_id text NOT NULL COLLATE pg_catalog."C",
    other_id text NOT NULL COLLATE pg_catalog."C",
    score double precision NOT NULL
);
CREATE TABLE public.story_members (
    article_id text NOT NULL COLLATE pg_catalog."C",
    story_id text NOT NULL COLLATE pg_catalog."C",
    day text NOT NULL COLLATE pg_catalog."C",
    nearest text COLLATE pg_catalog."C",
    score double precision NOT NULL,
    reason text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.story_redirects (
    old_id text NOT NULL COLLATE pg_catalog."C",
    story_id text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.tombstones (
    id text NOT NULL COLLATE pg_catalog."C",
    cause text NOT NULL COLLATE pg_catalog."C",
    at text NOT NULL COLLATE pg_catalog."C",
    reason text NOT NULL COLLATE pg_catalog."C",
    by text COLLATE pg_catalog."C"
);
ALTER TABLE ONLY public.alerts ALTER COLUMN id SET DEFAULT nextval('public.alerts_id_seq'::regclass);
ALTER TABLE ONLY public.api_tokens ALTER COLUMN id SET DEFAULT nextval('public.api_tokens_id_seq'::regclass);
ALTER TABLE ONLY public.articles ALTER COLUMN seq SET DEFAULT nextval('public.articles_seq_seq'::regclass);
ALTER TABLE ONLY public.audits ALTER COLUMN seq SET DEFAULT nextval('public.audits_seq_seq'::regclass);
ALTER TABLE ONLY public.captures ALTER COLUMN seq SET DEFAULT nextval('public.captures_seq_seq'::regclass);
ALTER TABLE ONLY public.comment_deeds ALTER COLUMN id SET DEFAULT nextval('public.comment_deeds_id_seq'::regclass);
ALTER TABLE ONLY public.comment_erasures ALTER COLUMN id SET DEFAULT nextval('public.comment_erasures_id_seq'::regclass);
ALTER TABLE ONLY public.comment_filter ALTER COLUMN id SET DEFAULT nextval('public.comment_filter_id_seq'::regclass);
ALTER TABLE ONLY public.comment_lessons ALTER COLUMN deed_id SET DEFAULT nextval('public.comment_lessons_deed_id_seq'::regclass);
ALTER TABLE ONLY public.comments ALTER COLUMN id SET DEFAULT nextval('public.comments_id_seq'::regclass);
ALTER TABLE ONLY public.desk_changes ALTER COLUMN id SET DEFAULT nextval('public.desk_changes_id_seq'::regclass);
ALTER TABLE ONLY public.entries ALTER COLUMN seq SET DEFAULT nextval('public.entries_seq_seq'::regclass);
ALTER TABLE ONLY public.error_notes ALTER COLUMN id SET DEFAULT nextval('public.error_notes_id_seq'::regclass);
ALTER TABLE ONLY public.invitations ALTER COLUMN member_id SET DEFAULT nextval('public.invitations_member_id_seq'::regclass);
ALTER TABLE ONLY public.judgements ALTER COLUMN id SET DEFAULT nextval('public.judgements_id_seq'::regclass);
ALTER TABLE ONLY public.member_changes ALTER COLUMN id SET DEFAULT nextval('public.member_changes_id_seq'::regclass);
ALTER TABLE ONLY public.members ALTER COLUMN id SET DEFAULT nextval('public.members_id_seq'::regclass);
ALTER TABLE ONLY public.messages ALTER COLUMN id SET DEFAULT nextval('public.messages_id_seq'::regclass);
ALTER TABLE ONLY public.republish_decisions ALTER COLUMN id SET DEFAULT nextval('public.republish_decisions_id_seq'::regclass);
ALTER TABLE ONLY public.searches ALTER COLUMN id SET DEFAULT nextval('public.searches_id_seq'::regclass);
ALTER TABLE ONLY public.signatures ALTER COLUMN seq SET DEFAULT nextval('public.signatures_seq_seq'::regclass);
ALTER TABLE ONLY public.sources ALTER COLUMN seq SET DEFAULT nextval('public.sources_seq_seq'::regclass);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.alert_events
    ADD CONSTRAINT alert_events_pkey PRIMARY KEY (alert_id, event_id);
ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_nonce_key UNIQUE (nonce);
ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_digest_key UNIQUE (digest);
ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_nonce_key UNIQUE (nonce);
ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.article_actors
    ADD CONSTRAINT article_actors_pkey PRIMARY KEY (article_id, actor);
ALTER TABLE ONLY public.article_versions
    ADD CONSTRAINT article_versions_pkey PRIMARY KEY (article_id, step);
ALTER TABLE ONLY public.article_words
    ADD CONSTRAINT article_words_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.articles
    ADD CONSTRAINT articles_id_key UNIQUE (id);
ALTER TABLE ONLY public.articles
    ADD CONSTRAINT articles_pkey PRIMARY KEY (seq);
ALTER TABLE ONLY public.audit_items
    ADD CONSTRAINT audit_items_pkey PRIMARY KEY (audit, "position");
ALTER TABLE ONLY public.audit_verdicts
    ADD CONSTRAINT audit_verdicts_pkey PRIMARY KEY (audit, report_id, reader);
ALTER TABLE ONLY public.audits
    ADD CONSTRAINT audits_name_key UNIQUE (name);
ALTER TABLE ONLY public.audits
    ADD CONSTRAINT audits_pkey PRIMARY KEY (seq);
ALTER TABLE ONLY public.backings
    ADD CONSTRAINT backings_pkey PRIMARY KEY (article_id);
ALTER TABLE ONLY public.captures
    ADD CONSTRAINT captures_id_key UNIQUE (id);
ALTER TABLE ONLY public.captures
    ADD CONSTRAINT captures_pkey PRIMARY KEY (seq);
ALTER TABLE ONLY public.comment_blocks
    ADD CONSTRAINT comment_blocks_pkey PRIMARY KEY (who);
ALTER TABLE ONLY public.comment_deeds
    ADD CONSTRAINT comment_deeds_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.comment_erasures
    ADD CONSTRAINT comment_erasures_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.comment_filter
    ADD CONSTRAINT comment_filter_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.comment_lessons
    ADD CONSTRAINT comment_lessons_pkey PRIMARY KEY (deed_id);
ALTER TABLE ONLY public.comments
    ADD CONSTRAINT comments_nonce_key UNIQUE (nonce);
ALTER TABLE ONLY public.comments
    ADD CONSTRAINT comments_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.copies
    ADD CONSTRAINT copies_pkey PRIMARY KEY (article_id, "position");
ALTER TABLE ONLY public.copy_keys
    ADD CONSTRAINT copy_keys_pkey PRIMARY KEY (period, key, text);
ALTER TABLE ONLY public.copy_shared
    ADD CONSTRAINT copy_shared_pkey PRIMARY KEY (a, b);
ALTER TABLE ONLY public.copy_texts
    ADD CONSTRAINT copy_texts_pkey PRIMARY KEY (text);
ALTER TABLE ONLY public.desk_changes
    ADD CONSTRAINT desk_changes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dragoman_desk
    ADD CONSTRAINT dragoman_desk_pkey PRIMARY KEY (application);
ALTER TABLE ONLY public.entries
    ADD CONSTRAINT entries_pkey PRIMARY KEY (seq);
ALTER TABLE ONLY public.entries
    ADD CONSTRAINT entries_source_id_key_key UNIQUE (source_id, key);
ALTER TABLE ONLY public.error_notes
    ADD CONSTRAINT error_notes_nonce_key UNIQUE (nonce);
ALTER TABLE ONLY public.error_notes
    ADD CONSTRAINT error_notes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.event_numbers
    ADD CONSTRAINT event_numbers_pkey PRIMARY KEY (actor, month, status, told_as, category, is_shown);
ALTER TABLE ONLY public.event_redirects
    ADD CONSTRAINT event_redirects_pkey PRIMARY KEY (old_id);
ALTER TABLE ONLY public.event_reports
    ADD CONSTRAINT event_reports_pkey PRIMARY KEY (report_id);
ALTER TABLE ONLY public.event_sides
    ADD CONSTRAINT event_sides_pkey PRIMARY KEY (event_id, actor);
ALTER TABLE ONLY public.event_words
    ADD CONSTRAINT event_words_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.failures
    ADD CONSTRAINT failures_pkey PRIMARY KEY (capture_id, origin);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_digest_key UNIQUE (digest);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (member_id);
ALTER TABLE ONLY public.judged
    ADD CONSTRAINT judged_pkey PRIMARY KEY (id, judgement_id);
ALTER TABLE ONLY public.judgements
    ADD CONSTRAINT judgements_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.keys
    ADD CONSTRAINT keys_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.member_changes
    ADD CONSTRAINT member_changes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_key_key UNIQUE (key);
ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.outline_keys
    ADD CONSTRAINT outline_keys_pkey PRIMARY KEY (key, start_day, outline_id);
ALTER TABLE ONLY public.outline_reports
    ADD CONSTRAINT outline_reports_pkey PRIMARY KEY (report_id);
ALTER TABLE ONLY public.outline_ties
    ADD CONSTRAINT outline_ties_pkey PRIMARY KEY (one, other);
ALTER TABLE ONLY public.outlines
    ADD CONSTRAINT outlines_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.printings
    ADD CONSTRAINT printings_pkey PRIMARY KEY (article_id);
ALTER TABLE ONLY public.quotes
    ADD CONSTRAINT quotes_pkey PRIMARY KEY (article_id);
ALTER TABLE ONLY public.readings
    ADD CONSTRAINT readings_pkey PRIMARY KEY (article_id);
ALTER TABLE ONLY public.refusals
    ADD CONSTRAINT refusals_pkey PRIMARY KEY (digest, cause);
ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.republish_decisions
    ADD CONSTRAINT republish_decisions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.searches
    ADD CONSTRAINT searches_nonce_key UNIQUE (nonce);
ALTER TABLE ONLY public.searches
    ADD CONSTRAINT searches_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.showing
    ADD CONSTRAINT showing_pkey PRIMARY KEY (rule);
ALTER TABLE ONLY public.signatures
    ADD CONSTRAINT signatures_article_id_key UNIQUE (article_id);
ALTER TABLE ONLY public.signatures
    ADD CONSTRAINT signatures_pkey PRIMARY KEY (seq);
ALTER TABLE ONLY public.sources
    ADD CONSTRAINT sources_id_key UNIQUE (id);
ALTER TABLE ONLY public.sources
    ADD CONSTRAINT sources_pkey PRIMARY KEY (seq);
ALTER TABLE ONLY public.stories
    ADD CONSTRAINT stories_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.story_links
    ADD CONSTRAINT story_links_pkey PRIMARY KEY (article_id, other_id);
ALTER TABLE ONLY public.story_members
    ADD CONSTRAINT story_members_pkey PRIMARY KEY (article_id);
ALTER TABLE ONLY public.story_redirects
    ADD CONSTRAINT story_redirects_pkey PRIMARY KEY (old_id);
ALTER TABLE ONLY public.tombstones
    ADD CONSTRAINT tombstones_pkey PRIMARY KEY (id);
CREATE INDEX article_words_found ON public.article_words USING gin (words);
CREATE INDEX article_words_long ON public.article_words USING btree (number) WHERE (words IS NULL);
CREATE INDEX event_words_found ON public.event_words USING gin (words);
CREATE INDEX event_words_long ON public.event_words USING btree (number) WHERE (words IS NULL);
CREATE INDEX ix_alert_events_event ON public.alert_events USING btree (event_id);
CREATE INDEX ix_alerts_search ON public.alerts USING btree (search_id);
CREATE INDEX ix_api_tokens_member ON public.api_tokens USING btree (member_id);
CREATE INDEX ix_article_actors_actor ON public.article_actors USING btree (actor, newest);
CREATE INDEX ix_articles_language ON public.articles USING btree (language, newest);
CREATE INDEX ix_articles_newest ON public.articles USING btree (published, seq);
CREATE UNIQUE INDEX ix_articles_number ON public.articles USING btree (newest);
CREATE INDEX ix_articles_outlet ON public.articles USING btree (outlet_key, newest);
CREATE INDEX ix_audit_items_article ON public.audit_items USING btree (article_id);
CREATE UNIQUE INDEX ix_audit_items_report ON public.audit_items USING btree (audit, report_id);
CREATE INDEX ix_captures_article_id ON public.captures USING btree (article_id);
CREATE INDEX ix_comment_deeds_comment_id ON public.comment_deeds USING btree (comment_id);
CREATE INDEX ix_comment_lessons_comment_id ON public.comment_lessons USING btree (comment_id);
CREATE INDEX ix_comments_article ON public.comments USING btree (article_id, state);
CREATE INDEX ix_comments_author ON public.comments USING btree (author);
CREATE INDEX ix_comments_parent ON public.comments USING btree (parent);
CREATE INDEX ix_comments_person ON public.comments USING btree (person);
CREATE INDEX ix_comments_state ON public.comments USING btree (state, id);
CREATE INDEX ix_copies_origin_id ON public.copies USING btree (origin_id);
CREATE INDEX ix_copy_keys_text ON public.copy_keys USING btree (text, period);
CREATE INDEX ix_copy_shared_b ON public.copy_shared USING btree (b);
CREATE INDEX ix_desk_changes_of ON public.desk_changes USING btree (of, id);
CREATE INDEX ix_entries_capture_id ON public.entries USING btree (capture_id);
CREATE INDEX ix_entries_dated ON public.entries USING btree (source_id, dated);
CREATE INDEX ix_entries_next_try ON public.entries USING btree (state, next_try);
CREATE INDEX ix_entries_normal ON public.entries USING btree (normal);
CREATE INDEX ix_error_notes_event ON public.error_notes USING btree (event_id);
CREATE INDEX ix_event_redirects_event_id ON public.event_redirects USING btree (event_id);
CREATE INDEX ix_event_reports_event_id ON public.event_reports USING btree (event_id);
CREATE INDEX ix_event_sides_actor ON public.event_sides USING btree (actor, newest, side);
CREATE INDEX ix_events_announced ON public.events USING btree (end_day, start_day, id) WHERE ((retracted_at IS NULL) AND (told_as = 'announced'::text));
CREATE INDEX ix_events_category ON public.events USING btree (category, start_day);
CREATE INDEX ix_events_country ON public.events USING btree (country, newest);
CREATE INDEX ix_events_day ON public.events USING btree (start_day, id);
CREATE INDEX ix_events_kind ON public.events USING btree (category, newest);
CREATE UNIQUE INDEX ix_events_number ON public.events USING btree (newest);
CREATE INDEX ix_events_pair ON public.events USING btree (source, target, start_day, end_day, id, month, status, told_as, category, retracted_at, is_shown, origins, is_mutual, languages) WHERE (retracted_at IS NULL);
CREATE INDEX ix_events_place ON public.events USING btree (place, newest);
CREATE UNIQUE INDEX ix_events_seq ON public.events USING btree (seq);
CREATE INDEX ix_events_source ON public.events USING btree (source, start_day, end_day, id, month, status, told_as, category, retracted_at, is_shown) WHERE (retracted_at IS NULL);
CREATE INDEX ix_events_source_coarse ON public.events USING btree (source, start_day, end_day, id, month, status, told_as, category, retracted_at, is_shown) WHERE ((retracted_at IS NULL) AND (month IS NULL));
CREATE INDEX ix_events_spot ON public.events USING btree (x, y, z);
CREATE INDEX ix_events_target ON public.events USING btree (target, start_day, end_day, id, month, status, told_as, category, retracted_at, is_shown, source) WHERE (retracted_at IS NULL);
CREATE INDEX ix_events_target_coarse ON public.events USING btree (target, start_day, end_day, id, month, status, told_as, category, retracted_at, is_shown, source) WHERE ((retracted_at IS NULL) AND (month IS NULL));
CREATE INDEX ix_events_unsettled ON public.events USING btree (id) WHERE (is_shown IS NULL);
CREATE INDEX ix_events_withdrawn ON public.events USING btree (id) WHERE (retracted_at IS NOT NULL);
CREATE INDEX ix_judgements_due ON public.judgements USING btree (is_due) WHERE is_due;
CREATE INDEX ix_judgements_target_id ON public.judgements USING btree (target_id);
CREATE INDEX ix_member_changes_member ON public.member_changes USING btree (member_id);
CREATE INDEX ix_messages_alert ON public.messages USING btree (alert_id);
CREATE INDEX ix_messages_next_try ON public.messages USING btree (next_try);
CREATE INDEX ix_outline_keys_outline_id ON public.outline_keys USING btree (outline_id);
CREATE INDEX ix_outline_reports_article_id ON public.outline_reports USING btree (article_id);
CREATE INDEX ix_outline_reports_outline_id ON public.outline_reports USING btree (outline_id);
CREATE INDEX ix_outlines_part ON public.outlines USING btree (part);
CREATE INDEX ix_printings_period ON public.printings USING btree (period);
CREATE INDEX ix_printings_text ON public.printings USING btree (text);
CREATE INDEX ix_reports_article ON public.reports USING btree (article_id, "position");
CREATE INDEX ix_reports_retracted ON public.reports USING btree (retracted_at) WHERE (retracted_at IS NOT NULL);
CREATE INDEX ix_republish_decisions_article ON public.republish_decisions USING btree (article_id);
CREATE INDEX ix_searches_member ON public.searches USING btree (member_id);
CREATE INDEX ix_sessions_member ON public.sessions USING btree (member_id);
CREATE INDEX ix_signatures_day ON public.signatures USING btree (day);
CREATE INDEX ix_sources_due ON public.sources USING btree (due);
CREATE INDEX ix_stories_newest ON public.stories USING btree (end_day, id);
CREATE INDEX ix_story_members_story_id ON public.story_members USING btree (story_id);
CREATE INDEX ix_story_redirects_story_id ON public.story_redirects USING btree (story_id);
CREATE INDEX ix_tombstones_cause ON public.tombstones USING btree (cause);
CREATE TRIGGER events_numbers_delete AFTER DELETE ON public.events FOR EACH ROW EXECUTE FUNCTION public.dragoman_count_events();
CREATE TRIGGER events_numbers_insert AFTER INSERT ON public.events FOR EACH ROW EXECUTE FUNCTION public.dragoman_count_events();
CREATE TRIGGER events_numbers_update AFTER UPDATE OF source, target, month, status, told_as, category, start_day, retracted_at, is_shown ON public.events FOR EACH ROW EXECUTE FUNCTION public.dragoman_count_events();
ALTER TABLE ONLY public.article_actors
    ADD CONSTRAINT article_actors_article_id_fkey FOREIGN KEY (article_id) REFERENCES public.articles(id);
ALTER TABLE ONLY public.article_versions
    ADD CONSTRAINT article_versions_article_id_fkey FOREIGN KEY (article_id) REFERENCES public.articles(id);
ALTER TABLE ONLY public.audit_items
    ADD CONSTRAINT audit_items_audit_fkey FOREIGN KEY (audit) REFERENCES public.audits(name);
ALTER TABLE ONLY public.audit_verdicts
    ADD CONSTRAINT audit_verdicts_audit_fkey FOREIGN KEY (audit) REFERENCES public.audits(name);
ALTER TABLE ONLY public.backings
    ADD CONSTRAINT backings_article_id_fkey FOREIGN KEY (article_id) REFERENCES public.articles(id);
ALTER TABLE ONLY public.copies
    ADD CONSTRAINT copies_article_id_fkey FOREIGN KEY (article_id) REFERENCES public.articles(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.copies
    ADD CONSTRAINT copies_origin_id_fkey FOREIGN KEY (origin_id) REFERENCES public.articles(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.copy_keys
    ADD CONSTRAINT copy_keys_text_fkey FOREIGN KEY (text) REFERENCES public.copy_texts(text);
ALTER TABLE ONLY public.copy_shared
    ADD CONSTRAINT copy_shared_a_fkey FOREIGN KEY (a) REFERENCES public.copy_texts(text);
ALTER TABLE ONLY public.copy_shared
    ADD CONSTRAINT copy_shared_b_fkey FOREIGN KEY (b) REFERENCES public.copy_texts(text);
ALTER TABLE ONLY public.entries
    ADD CONSTRAINT entries_source_id_fkey FOREIGN KEY (source_id) REFERENCES public.sources(id);
ALTER TABLE ONLY public.event_redirects
    ADD CONSTRAINT event_redirects_event_id_fkey FOREIGN KEY (event_id) REFERENCES public.events(id);
ALTER TABLE ONLY public.event_reports
    ADD CONSTRAINT event_reports_event_id_fkey FOREIGN KEY (event_id) REFERENCES public.events(id);
ALTER TABLE ONLY public.event_reports
    ADD CONSTRAINT event_reports_report_id_fkey FOREIGN KEY (report_id) REFERENCES public.reports(id);
ALTER TABLE ONLY public.event_sides
    ADD CONSTRAINT event_sides_event_id_fkey FOREIGN KEY (event_id) REFERENCES public.events(id);
ALTER TABLE ONLY public.judged
    ADD CONSTRAINT judged_judgement_id_fkey FOREIGN KEY (judgement_id) REFERENCES public.judgements(id);
ALTER TABLE ONLY public.outline_keys
    ADD CONSTRAINT outline_keys_outline_id_fkey FOREIGN KEY (outline_id) REFERENCES public.outlines(id);
ALTER TABLE ONLY public.outline_reports
    ADD CONSTRAINT outline_reports_outline_id_fkey FOREIGN KEY (outline_id) REFERENCES public.outlines(id);
ALTER TABLE ONLY public.outline_ties
    ADD CONSTRAINT outline_ties_one_fkey FOREIGN KEY (one) REFERENCES public.outlines(id);
ALTER TABLE ONLY public.outline_ties
    ADD CONSTRAINT outline_ties_other_fkey FOREIGN KEY (other) REFERENCES public.outlines(id);
ALTER TABLE ONLY public.printings
    ADD CONSTRAINT printings_article_id_fkey FOREIGN KEY (article_id) REFERENCES public.articles(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.printings
    ADD CONSTRAINT printings_text_fkey FOREIGN KEY (text) REFERENCES public.copy_texts(text);
ALTER TABLE ONLY public.quotes
    ADD CONSTRAINT quotes_article_id_fkey FOREIGN KEY (article_id) REFERENCES public.articles(id);
ALTER TABLE ONLY public.readings
    ADD CONSTRAINT readings_article_id_fkey FOREIGN KEY (article_id) REFERENCES public.articles(id);
ALTER TABLE ONLY public.refusals
    ADD CONSTRAINT refusals_cause_fkey FOREIGN KEY (cause) REFERENCES public.tombstones(id);
ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_article_id_fkey FOREIGN KEY (article_id) REFERENCES public.articles(id);
ALTER TABLE ONLY public.signatures
    ADD CONSTRAINT signatures_article_id_fkey FOREIGN KEY (article_id) REFERENCES public.articles(id);
ALTER TABLE ONLY public.story_links
    ADD CONSTRAINT story_links_article_id_fkey FOREIGN KEY (article_id) REFERENCES public.articles(id);
ALTER TABLE ONLY public.story_links
    ADD CONSTRAINT story_links_other_id_fkey FOREIGN KEY (other_id) REFERENCES public.articles(id);
ALTER TABLE ONLY public.story_members
    ADD CONSTRAINT story_members_article_id_fkey FOREIGN KEY (article_id) REFERENCES public.articles(id);
ALTER TABLE ONLY public.story_members
    ADD CONSTRAINT story_members_story_id_fkey FOREIGN KEY (story_id) REFERENCES public.stories(id);
ALTER TABLE ONLY public.story_redirects
    ADD CONSTRAINT story_redirects_story_id_fkey FOREIGN KEY (story_id) REFERENCES public.stories(id);
INSERT INTO public.dragoman_desk VALUES (1146241351, 0);
INSERT INTO public.alembic_version VALUES ('0023');
