-- Migrations
IF OBJECT_ID(N'[__EFMigrationsHistory]') IS NULL
BEGIN
    CREATE TABLE [__EFMigrationsHistory] (
        [MigrationId] nvarchar(150) NOT NULL,
        [ProductVersion] nvarchar(32) NOT NULL,
        CONSTRAINT [PK___EFMigrationsHistory] PRIMARY KEY ([MigrationId])
    );
END;
GO

ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
GO

ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON;
GO

BEGIN TRANSACTION;
CREATE TABLE [log_head] (
    [id] int NOT NULL,
    [position] bigint NOT NULL,
    CONSTRAINT [pk_log_head] PRIMARY KEY ([id])
);

INSERT INTO log_head (id, position) VALUES (1, 0);

CREATE TABLE [events] (
    [position] bigint NOT NULL,
    [ticket_id] bigint NOT NULL,
    [version] bigint NOT NULL,
    [name] nvarchar(120) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [at] bigint NOT NULL,
    [actor_kind] int NOT NULL,
    [actor_person_id] bigint NULL,
    [actor_name] nvarchar(255) COLLATE Latin1_General_100_BIN2 NULL,
    [configuration_revision] bigint NOT NULL,
    [cause] bigint NULL,
    [depth] int NOT NULL,
    [payload] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    CONSTRAINT [pk_events] PRIMARY KEY ([position])
);

CREATE UNIQUE INDEX [ix_events_ticket_id_version] ON [events] ([ticket_id], [version]);

CREATE TABLE [sla_facts] (
    [ticket_id] bigint NOT NULL,
    [metric] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [cycle] int NOT NULL,
    [threshold] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [version] bigint NOT NULL,
    [due_at] bigint NOT NULL,
    CONSTRAINT [pk_sla_facts] PRIMARY KEY ([ticket_id], [metric], [cycle], [threshold])
);

CREATE TABLE [timers] (
    [ticket_id] bigint NOT NULL,
    [key] nvarchar(250) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [due_at] bigint NOT NULL,
    [owner] nvarchar(255) COLLATE Latin1_General_100_BIN2 NULL,
    [lease_until] bigint NOT NULL,
    [fence] bigint NOT NULL,
    CONSTRAINT [pk_timers] PRIMARY KEY ([ticket_id], [key])
);

CREATE INDEX [ix_timers_due_at] ON [timers] ([due_at]);

CREATE TABLE [idempotency_keys] (
    [key] nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [ticket_id] bigint NOT NULL,
    [from_version] bigint NOT NULL,
    [to_version] bigint NOT NULL,
    [at] bigint NOT NULL,
    [fingerprint] nvarchar(64) COLLATE Latin1_General_100_BIN2 NULL,
    CONSTRAINT [pk_idempotency_keys] PRIMARY KEY ([key])
);

CREATE INDEX [ix_idempotency_keys_at] ON [idempotency_keys] ([at]);

CREATE TABLE [numbers] (
    [series] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [next] bigint NOT NULL,
    CONSTRAINT [pk_numbers] PRIMARY KEY ([series])
);

CREATE TABLE [cursors] (
    [name] nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [position] bigint NOT NULL,
    [owner] nvarchar(255) COLLATE Latin1_General_100_BIN2 NULL,
    [lease_until] bigint NOT NULL,
    [fence] bigint NOT NULL,
    CONSTRAINT [pk_cursors] PRIMARY KEY ([name])
);

CREATE TABLE [parked_events] (
    [reaction] nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [position] bigint NOT NULL,
    [ticket_id] bigint NOT NULL,
    [state] int NOT NULL,
    [attempts] int NOT NULL,
    [next_at] bigint NOT NULL,
    [error] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    [since] bigint NOT NULL,
    CONSTRAINT [pk_parked_events] PRIMARY KEY ([reaction], [position])
);

CREATE INDEX [ix_parked_events_reaction_state_next_at] ON [parked_events] ([reaction], [state], [next_at]);

CREATE INDEX [ix_parked_events_reaction_ticket_id_position] ON [parked_events] ([reaction], [ticket_id], [position]);

CREATE TABLE [tickets] (
    [id] bigint NOT NULL,
    [version] bigint NOT NULL,
    [key] nvarchar(22) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [desk] nvarchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [number] int NOT NULL,
    [type] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [request_type] nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
    [summary] nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [status] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [category] int NOT NULL,
    [resolution] nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
    [priority] int NOT NULL,
    [requester_id] bigint NOT NULL,
    [organization_id] bigint NULL,
    [assignee_id] bigint NULL,
    [team_id] bigint NULL,
    [channel] int NOT NULL,
    [external_id] nvarchar(255) COLLATE Latin1_General_100_BIN2 NULL,
    [external_id_folded] nvarchar(255) COLLATE Latin1_General_100_BIN2 NULL,
    [created_at] bigint NOT NULL,
    [updated_at] bigint NOT NULL,
    [public_updated_at] bigint NOT NULL,
    [resolved_at] bigint NULL,
    [closed_at] bigint NULL,
    [status_since] bigint NOT NULL,
    [reopen_count] int NOT NULL,
    [public_comments] int NOT NULL,
    [internal_notes] int NOT NULL,
    [attachments] int NOT NULL,
    [next_due_at] bigint NOT NULL,
    CONSTRAINT [pk_tickets] PRIMARY KEY ([id])
);

CREATE UNIQUE INDEX [ix_tickets_key] ON [tickets] ([key]);

CREATE UNIQUE INDEX [ix_tickets_desk_external_id] ON [tickets] ([desk], [external_id]) WHERE external_id IS NOT NULL;

CREATE INDEX [ix_tickets_external_id_folded] ON [tickets] ([external_id_folded]);

CREATE INDEX [ix_tickets_desk_updated_at] ON [tickets] ([desk], [updated_at]);

CREATE INDEX [ix_tickets_desk_created_at] ON [tickets] ([desk], [created_at]);

CREATE INDEX [ix_tickets_desk_next_due_at] ON [tickets] ([desk], [next_due_at]);

CREATE INDEX [ix_tickets_desk_status] ON [tickets] ([desk], [status]);

CREATE INDEX [ix_tickets_desk_resolved_at] ON [tickets] ([desk], [resolved_at]);

CREATE INDEX [ix_tickets_desk_category_priority_assignee_id_team_id_type_status_next_due_at_created_at] ON [tickets] ([desk], [category], [priority], [assignee_id], [team_id], [type], [status], [next_due_at], [created_at]);

CREATE INDEX [ix_tickets_requester_id] ON [tickets] ([requester_id]);

CREATE INDEX [ix_tickets_organization_id] ON [tickets] ([organization_id]);

CREATE INDEX [ix_tickets_assignee_id_category] ON [tickets] ([assignee_id], [category]);

CREATE INDEX [ix_tickets_team_id_category] ON [tickets] ([team_id], [category]);

CREATE INDEX [ix_tickets_created_at] ON [tickets] ([created_at]);

CREATE INDEX [ix_tickets_updated_at] ON [tickets] ([updated_at]);

CREATE TABLE [ticket_snapshots] (
    [ticket_id] bigint NOT NULL,
    [json] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    CONSTRAINT [pk_ticket_snapshots] PRIMARY KEY ([ticket_id]),
    CONSTRAINT [fk_ticket_snapshots_ticket_id] FOREIGN KEY ([ticket_id]) REFERENCES [tickets] ([id]) ON DELETE CASCADE
);

CREATE TABLE [ticket_fields] (
    [ticket_id] bigint NOT NULL,
    [field] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [ordinal] int NOT NULL,
    [text] nvarchar(400) COLLATE Latin1_General_100_BIN2 NULL,
    [number] float NULL,
    [moment] bigint NULL,
    CONSTRAINT [pk_ticket_fields] PRIMARY KEY ([ticket_id], [field], [ordinal]),
    CONSTRAINT [fk_ticket_fields_ticket_id] FOREIGN KEY ([ticket_id]) REFERENCES [tickets] ([id]) ON DELETE CASCADE
);

CREATE INDEX [ix_ticket_fields_field_text] ON [ticket_fields] ([field], [text]);

CREATE INDEX [ix_ticket_fields_field_number] ON [ticket_fields] ([field], [number]);

CREATE TABLE [ticket_people] (
    [ticket_id] bigint NOT NULL,
    [person_id] bigint NOT NULL,
    [relation] int NOT NULL,
    CONSTRAINT [pk_ticket_people] PRIMARY KEY ([ticket_id], [person_id], [relation]),
    CONSTRAINT [fk_ticket_people_ticket_id] FOREIGN KEY ([ticket_id]) REFERENCES [tickets] ([id]) ON DELETE CASCADE
);

CREATE INDEX [ix_ticket_people_person_id_relation] ON [ticket_people] ([person_id], [relation]);

CREATE TABLE [ticket_labels] (
    [ticket_id] bigint NOT NULL,
    [label] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    CONSTRAINT [pk_ticket_labels] PRIMARY KEY ([ticket_id], [label]),
    CONSTRAINT [fk_ticket_labels_ticket_id] FOREIGN KEY ([ticket_id]) REFERENCES [tickets] ([id]) ON DELETE CASCADE
);

CREATE INDEX [ix_ticket_labels_label] ON [ticket_labels] ([label]);

CREATE TABLE [ticket_clocks] (
    [ticket_id] bigint NOT NULL,
    [metric] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [cycle] int NOT NULL,
    [status] int NOT NULL,
    [verdict] int NOT NULL,
    [due_at] bigint NULL,
    [elapsed_ticks] bigint NOT NULL,
    [target_ticks] bigint NOT NULL,
    [since] bigint NOT NULL,
    [calendar] nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [calendar_version] int NOT NULL,
    [is_current] bit NOT NULL,
    CONSTRAINT [pk_ticket_clocks] PRIMARY KEY ([ticket_id], [metric], [cycle]),
    CONSTRAINT [fk_ticket_clocks_ticket_id] FOREIGN KEY ([ticket_id]) REFERENCES [tickets] ([id]) ON DELETE CASCADE
);

CREATE INDEX [ix_ticket_clocks_metric_status_due_at] ON [ticket_clocks] ([metric], [status], [due_at]);

CREATE TABLE [ticket_keys] (
    [desk] nvarchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [number] int NOT NULL,
    [ticket_id] bigint NOT NULL,
    [is_current] bit NOT NULL,
    CONSTRAINT [pk_ticket_keys] PRIMARY KEY ([desk], [number])
);

CREATE INDEX [ix_ticket_keys_ticket_id] ON [ticket_keys] ([ticket_id]);

CREATE TABLE [comments] (
    [ticket_id] bigint NOT NULL,
    [version] bigint NOT NULL,
    [visibility] int NOT NULL,
    [author_kind] int NOT NULL,
    [author_id] bigint NULL,
    [author_name] nvarchar(255) COLLATE Latin1_General_100_BIN2 NULL,
    [at] bigint NOT NULL,
    [by_customer] bit NOT NULL,
    [body] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    CONSTRAINT [pk_comments] PRIMARY KEY ([ticket_id], [version])
);

CREATE TABLE [attachments] (
    [ticket_id] bigint NOT NULL,
    [version] bigint NOT NULL,
    [ordinal] int NOT NULL,
    [file_id] bigint NOT NULL,
    [name] nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [content_type] nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [size] bigint NOT NULL,
    [sha256] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [visibility] int NOT NULL,
    [author_id] bigint NULL,
    [at] bigint NOT NULL,
    CONSTRAINT [pk_attachments] PRIMARY KEY ([ticket_id], [version], [ordinal])
);

CREATE INDEX [ix_attachments_file_id] ON [attachments] ([file_id]);

CREATE TABLE [ticket_texts] (
    [id] bigint NOT NULL,
    [ticket_id] bigint NOT NULL,
    [part] int NOT NULL,
    [source] bigint NOT NULL,
    [visibility] int NOT NULL,
    [text] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    CONSTRAINT [pk_ticket_texts] PRIMARY KEY ([id])
);

CREATE UNIQUE INDEX [ix_ticket_texts_ticket_id_part_source] ON [ticket_texts] ([ticket_id], [part], [source]);

CREATE TABLE ticket_text_grams (
    gram int NOT NULL, text_id bigint NOT NULL, CONSTRAINT pk_ticket_text_grams PRIMARY KEY (gram, text_id));

CREATE INDEX ix_ticket_text_grams_text_id ON ticket_text_grams (text_id);

CREATE TABLE [configuration_head] (
    [id] int NOT NULL,
    [revision] bigint NOT NULL,
    CONSTRAINT [pk_configuration_head] PRIMARY KEY ([id])
);

INSERT INTO configuration_head (id, revision) VALUES (1, 0);

CREATE TABLE [revisions] (
    [revision] bigint NOT NULL,
    [at] bigint NOT NULL,
    [author_id] bigint NULL,
    [source] nvarchar(255) COLLATE Latin1_General_100_BIN2 NULL,
    [comment] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    CONSTRAINT [pk_revisions] PRIMARY KEY ([revision])
);

CREATE TABLE [documents] (
    [kind] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [id] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [version] int NOT NULL,
    [revision] bigint NOT NULL,
    [json] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    CONSTRAINT [pk_documents] PRIMARY KEY ([kind], [id])
);

CREATE TABLE [document_versions] (
    [kind] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [id] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [version] int NOT NULL,
    [revision] bigint NOT NULL,
    [json] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    CONSTRAINT [pk_document_versions] PRIMARY KEY ([kind], [id], [version])
);

CREATE INDEX [ix_document_versions_revision] ON [document_versions] ([revision]);

CREATE TABLE [settings] (
    [owner] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [name] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [json] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [at] bigint NOT NULL,
    [author_id] bigint NULL,
    CONSTRAINT [pk_settings] PRIMARY KEY ([owner], [name])
);

CREATE TABLE [stamps] (
    [name] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [value] bigint NOT NULL,
    CONSTRAINT [pk_stamps] PRIMARY KEY ([name])
);

INSERT INTO stamps (name, value) VALUES ('people', 0);

CREATE TABLE [data_protection_keys] (
    [id] int NOT NULL IDENTITY,
    [name] nvarchar(255) COLLATE Latin1_General_100_BIN2 NULL,
    [xml] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    CONSTRAINT [pk_data_protection_keys] PRIMARY KEY ([id])
);

CREATE TABLE [people] (
    [id] bigint NOT NULL IDENTITY,
    [name] nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [role] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [language] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [zone] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [is_active] bit NOT NULL,
    [external_id] nvarchar(255) COLLATE Latin1_General_100_BIN2 NULL,
    [search_text] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [user_name] nvarchar(255) COLLATE Latin1_General_100_BIN2 NULL,
    [normalized_user_name] nvarchar(255) COLLATE Latin1_General_100_BIN2 NULL,
    [email] nvarchar(255) COLLATE Latin1_General_100_BIN2 NULL,
    [normalized_email] nvarchar(255) COLLATE Latin1_General_100_BIN2 NULL,
    [email_confirmed] bit NOT NULL,
    [password_hash] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    [security_stamp] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    [concurrency_stamp] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    [phone_number] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    [phone_number_confirmed] bit NOT NULL,
    [two_factor_enabled] bit NOT NULL,
    [lockout_end] datetimeoffset NULL,
    [lockout_enabled] bit NOT NULL,
    [access_failed_count] int NOT NULL,
    CONSTRAINT [pk_people] PRIMARY KEY ([id])
);

CREATE UNIQUE INDEX [ix_people_normalized_user_name] ON [people] ([normalized_user_name]) WHERE normalized_user_name IS NOT NULL;

CREATE UNIQUE INDEX [ix_people_normalized_email] ON [people] ([normalized_email]) WHERE normalized_email IS NOT NULL;

CREATE UNIQUE INDEX [ix_people_external_id] ON [people] ([external_id]) WHERE external_id IS NOT NULL;

CREATE INDEX [ix_people_name_id] ON [people] ([name], [id]);

CREATE TABLE [person_claims] (
    [id] int NOT NULL IDENTITY,
    [user_id] bigint NOT NULL,
    [claim_type] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    [claim_value] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    CONSTRAINT [pk_person_claims] PRIMARY KEY ([id]),
    CONSTRAINT [fk_person_claims_user_id] FOREIGN KEY ([user_id]) REFERENCES [people] ([id]) ON DELETE CASCADE
);

CREATE INDEX [ix_person_claims_user_id] ON [person_claims] ([user_id]);

CREATE TABLE [person_logins] (
    [login_provider] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [provider_key] nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [provider_display_name] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    [user_id] bigint NOT NULL,
    CONSTRAINT [pk_person_logins] PRIMARY KEY ([login_provider], [provider_key]),
    CONSTRAINT [fk_person_logins_user_id] FOREIGN KEY ([user_id]) REFERENCES [people] ([id]) ON DELETE CASCADE
);

CREATE INDEX [ix_person_logins_user_id] ON [person_logins] ([user_id]);

CREATE TABLE [person_tokens] (
    [user_id] bigint NOT NULL,
    [login_provider] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [name] nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [value] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    CONSTRAINT [pk_person_tokens] PRIMARY KEY ([user_id], [login_provider], [name]),
    CONSTRAINT [fk_person_tokens_user_id] FOREIGN KEY ([user_id]) REFERENCES [people] ([id]) ON DELETE CASCADE
);

CREATE TABLE [organizations] (
    [id] bigint NOT NULL IDENTITY,
    [key] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [name] nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [members_see_each_other] bit NOT NULL,
    CONSTRAINT [pk_organizations] PRIMARY KEY ([id])
);

CREATE UNIQUE INDEX [ix_organizations_key] ON [organizations] ([key]);

CREATE TABLE [memberships] (
    [person_id] bigint NOT NULL,
    [organization_id] bigint NOT NULL,
    CONSTRAINT [pk_memberships] PRIMARY KEY ([person_id], [organization_id]),
    CONSTRAINT [fk_memberships_person_id] FOREIGN KEY ([person_id]) REFERENCES [people] ([id]) ON DELETE CASCADE,
    CONSTRAINT [fk_memberships_organization_id] FOREIGN KEY ([organization_id]) REFERENCES [organizations] ([id]) ON DELETE CASCADE
);

CREATE INDEX [ix_memberships_organization_id] ON [memberships] ([organization_id]);

CREATE TABLE [teams] (
    [id] bigint NOT NULL IDENTITY,
    [name] nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    CONSTRAINT [pk_teams] PRIMARY KEY ([id])
);

CREATE UNIQUE INDEX [ix_teams_name] ON [teams] ([name]);

CREATE TABLE [team_members] (
    [team_id] bigint NOT NULL,
    [person_id] bigint NOT NULL,
    CONSTRAINT [pk_team_members] PRIMARY KEY ([team_id], [person_id]),
    CONSTRAINT [fk_team_members_team_id] FOREIGN KEY ([team_id]) REFERENCES [teams] ([id]) ON DELETE CASCADE,
    CONSTRAINT [fk_team_members_person_id] FOREIGN KEY ([person_id]) REFERENCES [people] ([id]) ON DELETE CASCADE
);

CREATE INDEX [ix_team_members_person_id] ON [team_members] ([person_id]);

CREATE TABLE [tokens] (
    [id] bigint NOT NULL IDENTITY,
    [person_id] bigint NOT NULL,
    [name] nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [hash] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [scopes] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [created_at] bigint NOT NULL,
    [expires_at] bigint NULL,
    [last_used_at] bigint NULL,
    [revoked_at] bigint NULL,
    CONSTRAINT [pk_tokens] PRIMARY KEY ([id]),
    CONSTRAINT [fk_tokens_person_id] FOREIGN KEY ([person_id]) REFERENCES [people] ([id]) ON DELETE CASCADE
);

CREATE UNIQUE INDEX [ix_tokens_hash] ON [tokens] ([hash]);

CREATE INDEX [ix_tokens_person_id] ON [tokens] ([person_id]);

CREATE TABLE [files] (
    [id] bigint NOT NULL IDENTITY,
    [sha256] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [size] bigint NOT NULL,
    [name] nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [content_type] nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [uploaded_at] bigint NOT NULL,
    [uploaded_by] bigint NULL,
    CONSTRAINT [pk_files] PRIMARY KEY ([id])
);

CREATE INDEX [ix_files_sha256] ON [files] ([sha256]);

CREATE TABLE [file_chunks] (
    [sha256] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [ordinal] int NOT NULL,
    [taken_at] bigint NOT NULL,
    [bytes] varbinary(max) NOT NULL,
    CONSTRAINT [pk_file_chunks] PRIMARY KEY ([sha256], [ordinal])
);

COMMIT;
GO

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261122050000_TheHouse', N'10.0.14');
GO

BEGIN TRANSACTION;
ALTER TABLE [people] ADD [theme] nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL;

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261126050000_Themes', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [rule_runs] (
    [id] bigint NOT NULL IDENTITY,
    [ticket_id] bigint NOT NULL,
    [rule] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [occasion] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [rule_version] int NOT NULL,
    [at] bigint NOT NULL,
    [outcome] int NOT NULL,
    [has_refusals] bit NOT NULL,
    [detail] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    CONSTRAINT [pk_rule_runs] PRIMARY KEY ([id])
);

CREATE UNIQUE INDEX [ix_rule_runs_ticket_id_rule_occasion] ON [rule_runs] ([ticket_id], [rule], [occasion]);

CREATE INDEX [ix_rule_runs_rule_id] ON [rule_runs] ([rule], [id]);

CREATE INDEX [ix_rule_runs_outcome_id] ON [rule_runs] ([outcome], [id]);

CREATE INDEX [ix_rule_runs_at] ON [rule_runs] ([at]);

CREATE TABLE [rule_waits] (
    [ticket_id] bigint NOT NULL,
    [rule] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [place] int NOT NULL,
    [position] bigint NOT NULL,
    [due_at] bigint NOT NULL,
    CONSTRAINT [pk_rule_waits] PRIMARY KEY ([ticket_id], [rule], [place])
);

CREATE INDEX [ix_rule_waits_due_at] ON [rule_waits] ([due_at]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261126100000_Rules', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [compiled_scripts] (
    [hash] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [json] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [at] bigint NOT NULL,
    CONSTRAINT [pk_compiled_scripts] PRIMARY KEY ([hash])
);

CREATE TABLE [script_values] (
    [script] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [key] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [json] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [at] bigint NOT NULL,
    CONSTRAINT [pk_script_values] PRIMARY KEY ([script], [key])
);

CREATE TABLE [script_runs] (
    [id] bigint NOT NULL IDENTITY,
    [script] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [version] int NOT NULL,
    [use] nvarchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [position] bigint NULL,
    [ticket_id] bigint NULL,
    [at] bigint NOT NULL,
    [duration] bigint NOT NULL,
    [statements] bigint NOT NULL,
    [allocated] bigint NOT NULL,
    [calls] int NOT NULL,
    [outcome] nvarchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [error] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    [line] int NULL,
    [column] int NULL,
    [log] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    CONSTRAINT [pk_script_runs] PRIMARY KEY ([id])
);

CREATE INDEX [ix_script_runs_script_id] ON [script_runs] ([script], [id]);

CREATE INDEX [ix_script_runs_at] ON [script_runs] ([at]);

CREATE UNIQUE INDEX [ix_script_runs_script_position] ON [script_runs] ([script], [position]) WHERE position IS NOT NULL;

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261126100000_Scripts', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [notifications] (
    [id] bigint NOT NULL IDENTITY,
    [person_id] bigint NOT NULL,
    [key] nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [text] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [ticket_id] bigint NULL,
    [visibility] int NOT NULL,
    [at] bigint NOT NULL,
    [is_read] bit NOT NULL,
    CONSTRAINT [pk_notifications] PRIMARY KEY ([id])
);

CREATE UNIQUE INDEX [ix_notifications_person_id_key] ON [notifications] ([person_id], [key]);

CREATE INDEX [ix_notifications_person_id_is_read_id] ON [notifications] ([person_id], [is_read], [id]);

CREATE INDEX [ix_notifications_at] ON [notifications] ([at]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261126110000_Notifications', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [rule_drafts] (
    [rule] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [base_version] int NOT NULL,
    [document] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [person_id] bigint NOT NULL,
    [at] bigint NOT NULL,
    CONSTRAINT [pk_rule_drafts] PRIMARY KEY ([rule])
);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261126160000_RuleDrafts', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [sla_backtests] (
    [id] bigint NOT NULL IDENTITY,
    [state] int NOT NULL,
    [slot] int NULL,
    [request] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [person_id] bigint NOT NULL,
    [started_at] bigint NOT NULL,
    [seen_at] bigint NOT NULL,
    [finished_at] bigint NULL,
    [done] int NOT NULL,
    [total] int NOT NULL,
    [is_cancelled] bit NOT NULL,
    [is_cut] bit NOT NULL,
    [figures] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    CONSTRAINT [pk_sla_backtests] PRIMARY KEY ([id])
);

CREATE UNIQUE INDEX [ix_sla_backtests_slot] ON [sla_backtests] ([slot]) WHERE slot IS NOT NULL;

CREATE TABLE [sla_backtest_clocks] (
    [backtest_id] bigint NOT NULL,
    [ticket_id] bigint NOT NULL,
    [metric] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [cycle] int NOT NULL,
    [official] int NOT NULL,
    [draft] int NOT NULL,
    [organization_id] bigint NOT NULL,
    [priority] int NOT NULL,
    [team_id] bigint NOT NULL,
    [hour] int NOT NULL,
    [official_over] bigint NOT NULL,
    [draft_over] bigint NOT NULL,
    CONSTRAINT [pk_sla_backtest_clocks] PRIMARY KEY ([backtest_id], [ticket_id], [metric], [cycle]),
    CONSTRAINT [fk_sla_backtest_clocks_backtest_id] FOREIGN KEY ([backtest_id]) REFERENCES [sla_backtests] ([id]) ON DELETE CASCADE
);

CREATE TABLE [sla_drafts] (
    [kind] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [document] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [base_version] int NOT NULL,
    [yaml] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [person_id] bigint NOT NULL,
    [at] bigint NOT NULL,
    CONSTRAINT [pk_sla_drafts] PRIMARY KEY ([kind], [document])
);

CREATE TABLE [sla_changeovers] (
    [id] bigint NOT NULL IDENTITY,
    [kind] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [document] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [version] int NOT NULL,
    [mode] int NOT NULL,
    [person_id] bigint NOT NULL,
    [at] bigint NOT NULL,
    [finished_at] bigint NULL,
    [position] bigint NOT NULL,
    [seen] int NOT NULL,
    [changed] int NOT NULL,
    [failed] int NOT NULL,
    CONSTRAINT [pk_sla_changeovers] PRIMARY KEY ([id])
);

CREATE UNIQUE INDEX [ix_sla_changeovers_kind_document_version] ON [sla_changeovers] ([kind], [document], [version]);

CREATE TABLE [sla_corrections] (
    [id] bigint NOT NULL IDENTITY,
    [ticket_id] bigint NOT NULL,
    [metric] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [cycle] int NOT NULL,
    [proposal] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [reason] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [person_id] bigint NOT NULL,
    [at] bigint NOT NULL,
    [state] int NOT NULL,
    [decided_by] bigint NULL,
    [decided_at] bigint NULL,
    CONSTRAINT [pk_sla_corrections] PRIMARY KEY ([id])
);

CREATE INDEX [ix_sla_corrections_state_id] ON [sla_corrections] ([state], [id]);

CREATE INDEX [ix_sla_corrections_ticket_id] ON [sla_corrections] ([ticket_id]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261126193000_SlaTrials', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
ALTER TABLE [comments] ADD [channel] int NULL;

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261126200000_CommentChannels', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
ALTER TABLE [people] ADD [manager_id] bigint NULL;

ALTER TABLE [people] ADD [calendar] nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL;

ALTER TABLE [people] ADD [skills] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL;

ALTER TABLE [people] ADD [quiet_hours] bit NULL;

ALTER TABLE [teams] ADD [lead_id] bigint NULL;

ALTER TABLE [teams] ADD [calendar] nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL;

CREATE TABLE [absences] (
    [id] bigint NOT NULL IDENTITY,
    [person_id] bigint NOT NULL,
    [first_day] nvarchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [last_day] nvarchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [note] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [substitute_id] bigint NULL,
    CONSTRAINT [pk_absences] PRIMARY KEY ([id]),
    CONSTRAINT [fk_absences_person_id] FOREIGN KEY ([person_id]) REFERENCES [people] ([id]) ON DELETE CASCADE
);

CREATE INDEX [ix_absences_last_day] ON [absences] ([last_day]);

CREATE INDEX [ix_absences_person_id] ON [absences] ([person_id]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261127010000_Duty', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [assignments] (
    [ticket_id] bigint NOT NULL,
    [position] bigint NOT NULL,
    [attempt] int NOT NULL,
    [person_id] bigint NULL,
    [decided] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [is_done] bit NOT NULL,
    [retry_at] bigint NULL,
    [at] bigint NOT NULL,
    CONSTRAINT [pk_assignments] PRIMARY KEY ([ticket_id], [position])
);

CREATE INDEX [ix_assignments_is_done_person_id] ON [assignments] ([is_done], [person_id]);

CREATE INDEX [ix_assignments_retry_at] ON [assignments] ([retry_at]);

CREATE INDEX [ix_assignments_at] ON [assignments] ([at]);

CREATE TABLE [assignment_turns] (
    [policy] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [person_id] bigint NULL,
    [turns] bigint NOT NULL,
    CONSTRAINT [pk_assignment_turns] PRIMARY KEY ([policy])
);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261127020000_Assignments', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [held_notifications] (
    [id] bigint NOT NULL IDENTITY,
    [person_id] bigint NOT NULL,
    [key] nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [text] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [ticket_id] bigint NULL,
    [visibility] int NOT NULL,
    [due_at] bigint NOT NULL,
    CONSTRAINT [pk_held_notifications] PRIMARY KEY ([id])
);

CREATE UNIQUE INDEX [ix_held_notifications_person_id_key] ON [held_notifications] ([person_id], [key]);

CREATE INDEX [ix_held_notifications_due_at] ON [held_notifications] ([due_at]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261127030000_HeldNotifications', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [sla_promises] (
    [ticket_id] bigint NOT NULL,
    [metric] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [cycle] int NOT NULL,
    [agreement] int NOT NULL,
    [policy] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [calendar] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [target_ticks] bigint NOT NULL,
    [status] int NOT NULL,
    [verdict] int NOT NULL,
    [started_at] bigint NOT NULL,
    [decided_at] bigint NOT NULL,
    [stopped_at] bigint NULL,
    [due_at] bigint NOT NULL,
    [near_at] bigint NOT NULL,
    [elapsed_ticks] bigint NOT NULL,
    [paused_ticks] bigint NOT NULL,
    [outside_ticks] bigint NOT NULL,
    [team_id] bigint NOT NULL,
    [was] int NOT NULL,
    [elapsed_was] bigint NOT NULL,
    CONSTRAINT [pk_sla_promises] PRIMARY KEY ([ticket_id], [metric], [cycle])
);

CREATE INDEX [ix_sla_promises_agreement_decided_at] ON [sla_promises] ([agreement], [decided_at]);

CREATE INDEX [ix_sla_promises_agreement_started_at] ON [sla_promises] ([agreement], [started_at]);

CREATE INDEX [ix_sla_promises_status_agreement] ON [sla_promises] ([status], [agreement]);

CREATE TABLE [sla_promise_stays] (
    [ticket_id] bigint NOT NULL,
    [metric] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [cycle] int NOT NULL,
    [number] int NOT NULL,
    [kind] int NOT NULL,
    [type] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [status] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [team_id] bigint NOT NULL,
    [is_assigned] bit NOT NULL,
    [ticks] bigint NOT NULL,
    CONSTRAINT [pk_sla_promise_stays] PRIMARY KEY ([ticket_id], [metric], [cycle], [number])
);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261128010000_Promises', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [ticket_changes] (
    [ticket_id] bigint NOT NULL,
    [version] bigint NOT NULL,
    [field] int NOT NULL,
    [old_value] nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
    [new_value] nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
    [at] bigint NOT NULL,
    [person_id] bigint NULL,
    CONSTRAINT [pk_ticket_changes] PRIMARY KEY ([ticket_id], [version], [field])
);

CREATE INDEX [ix_ticket_changes_at] ON [ticket_changes] ([at]);

CREATE INDEX [ix_ticket_changes_person_id_at] ON [ticket_changes] ([person_id], [at]);

CREATE INDEX [ix_ticket_changes_field_old_value_at] ON [ticket_changes] ([field], [old_value], [at]);

CREATE INDEX [ix_ticket_changes_field_new_value_at] ON [ticket_changes] ([field], [new_value], [at]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261129010000_TicketChanges', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [own_queues] (
    [id] bigint NOT NULL IDENTITY,
    [person_id] bigint NOT NULL,
    [team_id] bigint NULL,
    [name] nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [query] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [grouping] nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
    [rows] int NULL,
    [place] int NOT NULL,
    CONSTRAINT [pk_own_queues] PRIMARY KEY ([id])
);

CREATE INDEX [ix_own_queues_person_id] ON [own_queues] ([person_id]);

CREATE INDEX [ix_own_queues_team_id] ON [own_queues] ([team_id]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261129050000_OwnQueues', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [api_answers] (
    [person_id] bigint NOT NULL,
    [key] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [fingerprint] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [at] bigint NOT NULL,
    [status] int NOT NULL,
    [content_type] nvarchar(400) COLLATE Latin1_General_100_BIN2 NULL,
    [location] nvarchar(400) COLLATE Latin1_General_100_BIN2 NULL,
    [tag] nvarchar(400) COLLATE Latin1_General_100_BIN2 NULL,
    [body] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    CONSTRAINT [pk_api_answers] PRIMARY KEY ([person_id], [key])
);

CREATE INDEX [ix_api_answers_at] ON [api_answers] ([at]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261130010000_ApiAnswers', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [reply_drafts] (
    [person_id] bigint NOT NULL,
    [ticket_id] bigint NOT NULL,
    [visibility] int NOT NULL,
    [text] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [state] int NOT NULL,
    [revision] int NOT NULL,
    [at] bigint NOT NULL,
    CONSTRAINT [pk_reply_drafts] PRIMARY KEY ([person_id], [ticket_id], [visibility])
);

CREATE INDEX [ix_reply_drafts_at] ON [reply_drafts] ([at]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261130060000_ReplyDrafts', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
ALTER TABLE [organizations] ADD [region] nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL;

ALTER TABLE [people] ADD [sees_colleagues] bit NULL;

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261201010000_Regions', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [own_macros] (
    [id] bigint NOT NULL IDENTITY,
    [person_id] bigint NOT NULL,
    [document] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [place] int NOT NULL,
    CONSTRAINT [pk_own_macros] PRIMARY KEY ([id])
);

CREATE INDEX [ix_own_macros_person_id] ON [own_macros] ([person_id]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261201015000_OwnMacros', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [held_replies] (
    [token] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [person_id] bigint NOT NULL,
    [ticket_id] bigint NOT NULL,
    [text] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [files] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [state] int NOT NULL,
    [due_at] bigint NOT NULL,
    CONSTRAINT [pk_held_replies] PRIMARY KEY ([token])
);

CREATE INDEX [ix_held_replies_due_at] ON [held_replies] ([due_at]);

CREATE INDEX [ix_held_replies_person_id] ON [held_replies] ([person_id]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261201020000_HeldReplies', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [history_holds] (
    [holder] nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [lease_until] bigint NOT NULL,
    CONSTRAINT [pk_history_holds] PRIMARY KEY ([holder])
);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261201050000_HistoryHolds', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [bulk_runs] (
    [id] bigint NOT NULL IDENTITY,
    [person_id] bigint NOT NULL,
    [state] int NOT NULL,
    [undo_of] bigint NULL,
    [query] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    [changes] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    [total] int NOT NULL,
    [owner] nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
    [created_at] bigint NOT NULL,
    [seen_at] bigint NOT NULL,
    [started_at] bigint NULL,
    [finished_at] bigint NULL,
    CONSTRAINT [pk_bulk_runs] PRIMARY KEY ([id])
);

CREATE UNIQUE INDEX [ix_bulk_runs_undo_of] ON [bulk_runs] ([undo_of]) WHERE undo_of IS NOT NULL;

CREATE INDEX [ix_bulk_runs_state_id] ON [bulk_runs] ([state], [id]);

CREATE INDEX [ix_bulk_runs_person_id_id] ON [bulk_runs] ([person_id], [id]);

CREATE TABLE [bulk_run_tickets] (
    [run_id] bigint NOT NULL,
    [place] int NOT NULL,
    [ticket_id] bigint NOT NULL,
    [checked] int NOT NULL,
    [checked_version] bigint NOT NULL,
    [outcome] int NOT NULL,
    [notes] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    [from_version] bigint NOT NULL,
    [to_version] bigint NOT NULL,
    CONSTRAINT [pk_bulk_run_tickets] PRIMARY KEY ([run_id], [place]),
    CONSTRAINT [fk_bulk_run_tickets_run_id] FOREIGN KEY ([run_id]) REFERENCES [bulk_runs] ([id]) ON DELETE CASCADE
);

CREATE UNIQUE INDEX [ix_bulk_run_tickets_run_id_ticket_id] ON [bulk_run_tickets] ([run_id], [ticket_id]);

CREATE INDEX [ix_bulk_run_tickets_ticket_id] ON [bulk_run_tickets] ([ticket_id]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261202010000_BulkRuns', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [announcements] (
    [id] bigint NOT NULL IDENTITY,
    [version] int NOT NULL,
    [desk] nvarchar(60) COLLATE Latin1_General_100_BIN2 NULL,
    [level] int NOT NULL,
    [title] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [body] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    [from_at] bigint NOT NULL,
    [until_at] bigint NULL,
    [person_id] bigint NOT NULL,
    [changed_at] bigint NOT NULL,
    CONSTRAINT [pk_announcements] PRIMARY KEY ([id])
);

CREATE INDEX [ix_announcements_from_at] ON [announcements] ([from_at]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261203010000_Announcements', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [invitations] (
    [id] bigint NOT NULL IDENTITY,
    [email] nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [open_email] nvarchar(255) COLLATE Latin1_General_100_BIN2 NULL,
    [token_hash] nvarchar(64) COLLATE Latin1_General_100_BIN2 NULL,
    [name] nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [role] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [desk] nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
    [team_id] bigint NULL,
    [organizations] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    [inviter_id] bigint NOT NULL,
    [created_at] bigint NOT NULL,
    [expires_at] bigint NOT NULL,
    [ended_at] bigint NULL,
    [person_id] bigint NULL,
    CONSTRAINT [pk_invitations] PRIMARY KEY ([id])
);

CREATE UNIQUE INDEX [ix_invitations_open_email] ON [invitations] ([open_email]) WHERE open_email IS NOT NULL;

CREATE UNIQUE INDEX [ix_invitations_token_hash] ON [invitations] ([token_hash]) WHERE token_hash IS NOT NULL;

CREATE INDEX [ix_invitations_expires_at] ON [invitations] ([expires_at]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261204010000_Invitations', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [redactions] (
    [ticket_id] bigint NOT NULL,
    [version] bigint NOT NULL,
    [source] bigint NOT NULL,
    [file_id] bigint NOT NULL,
    [content] nvarchar(64) COLLATE Latin1_General_100_BIN2 NULL,
    [part] int NOT NULL,
    [was] int NOT NULL,
    [sha256] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [at] bigint NOT NULL,
    [person_id] bigint NULL,
    [reason] nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [is_finished] bit NOT NULL,
    CONSTRAINT [pk_redactions] PRIMARY KEY ([ticket_id], [version], [source])
);

CREATE INDEX [ix_redactions_file_id] ON [redactions] ([file_id]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261205010000_Redactions', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
ALTER TABLE [organizations] ADD [contact_id] bigint NULL;

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261206010000_Contacts', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
UPDATE ticket_fields SET number = TRY_CAST(text AS float) WHERE number IS NULL AND text <> '' AND text NOT LIKE '%[^0-9]%' AND field IN (SELECT v.id FROM document_versions AS v WHERE v.kind = 'field' AND v.version = (SELECT MAX(w.version) FROM document_versions AS w WHERE w.kind = v.kind AND w.id = v.id AND w.json IS NOT NULL) AND (v.json LIKE '%"type":"person"%' OR v.json LIKE '%"type":"organization"%' OR v.json LIKE '%"type":"team"%'));

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261207010000_NamesOfFields', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
ALTER TABLE [tickets] ADD [is_private] bit NULL;

CREATE TABLE [ticket_organizations] (
    [ticket_id] bigint NOT NULL,
    [organization_id] bigint NOT NULL,
    CONSTRAINT [pk_ticket_organizations] PRIMARY KEY ([ticket_id], [organization_id]),
    CONSTRAINT [fk_ticket_organizations_ticket_id] FOREIGN KEY ([ticket_id]) REFERENCES [tickets] ([id]) ON DELETE CASCADE
);

CREATE INDEX [ix_ticket_organizations_organization_id] ON [ticket_organizations] ([organization_id]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261208010000_Sharing', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [library_files] (
    [id] bigint NOT NULL IDENTITY,
    [version] int NOT NULL,
    [desk] nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [name] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [folded] nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [description] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    [file_id] bigint NOT NULL,
    [person_id] bigint NOT NULL,
    [changed_at] bigint NOT NULL,
    [checked_at] bigint NOT NULL,
    CONSTRAINT [pk_library_files] PRIMARY KEY ([id])
);

CREATE UNIQUE INDEX [ix_library_files_desk_folded] ON [library_files] ([desk], [folded]);

CREATE INDEX [ix_library_files_file_id] ON [library_files] ([file_id]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261208020000_FileLibrary', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [workflow_drafts] (
    [workflow] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [base_version] int NOT NULL,
    [document] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [person_id] bigint NOT NULL,
    [at] bigint NOT NULL,
    CONSTRAINT [pk_workflow_drafts] PRIMARY KEY ([workflow])
);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261208020000_WorkflowDrafts', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
ALTER TABLE [own_queues] ADD [columns] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL;

ALTER TABLE [own_queues] ADD [version] int NULL;

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261209010000_OwnQueueColumns', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
ALTER TABLE [script_runs] ADD [tried_by_id] bigint NULL;

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261209020000_TriedBy', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
ALTER TABLE [sla_backtests] ADD [team_figures] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL;

ALTER TABLE [sla_backtest_clocks] ADD [official_agreement] int NULL;

ALTER TABLE [sla_backtest_clocks] ADD [draft_agreement] int NULL;

CREATE INDEX [ix_sla_promises_status_policy_ticket_id] ON [sla_promises] ([status], [policy], [ticket_id]);

CREATE INDEX [ix_sla_promises_status_calendar_ticket_id] ON [sla_promises] ([status], [calendar], [ticket_id]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261209050000_TrialAgreements', N'10.0.14');

COMMIT;
GO

-- The head of the log
SELECT position FROM log_head WITH (UPDLOCK, ROWLOCK, HOLDLOCK) WHERE id = 1

-- Due timers
WITH due AS (
    SELECT TOP (@p3) ticket_id, "key", due_at, owner, lease_until, fence
    FROM timers WITH (READPAST, UPDLOCK, ROWLOCK)
    WHERE due_at <= @p1 AND lease_until <= (DATEDIFF_BIG(microsecond, '1970-01-01', SYSUTCDATETIME()) * 10)
    ORDER BY due_at
)
UPDATE due SET owner = @p0, lease_until = (DATEDIFF_BIG(microsecond, '1970-01-01', SYSUTCDATETIME()) * 10) + @p2, fence = fence + 1
OUTPUT inserted.ticket_id, inserted."key", inserted.due_at, inserted.fence

-- The next timer
SELECT TOP (1) due_at AS "Value" FROM timers WHERE lease_until <= (DATEDIFF_BIG(microsecond, '1970-01-01', SYSUTCDATETIME()) * 10) ORDER BY due_at

-- The time
(DATEDIFF_BIG(microsecond, '1970-01-01', SYSUTCDATETIME()) * 10)

-- A row that may be there
INSERT INTO numbers (series, next) SELECT @p0, 1 WHERE NOT EXISTS (SELECT 1 FROM numbers WITH (UPDLOCK, HOLDLOCK) WHERE series = @p0)

-- A row of two keys that may be there
INSERT INTO a (x, y, z) SELECT @p0, @p1, @p2 WHERE NOT EXISTS (SELECT 1 FROM a WITH (UPDLOCK, HOLDLOCK) WHERE x = @p0 AND y = @p1)

-- JSON
JSON_VALUE(json, '$.name.en')

-- Texts and their index
SELECT id FROM ticket_texts AS t
WHERE LEN(t.text) > 0 AND NOT EXISTS (SELECT 1 FROM ticket_text_grams AS g WHERE g.text_id = t.id)
UNION SELECT text_id FROM ticket_text_grams AS g
WHERE NOT EXISTS (SELECT 1 FROM ticket_texts AS t WHERE t.id = g.text_id)

-- A new text
INSERT INTO ticket_texts (id, ticket_id, part, source, visibility, text) VALUES (@p0, @p1, @p2, @p3, @p4, @p5);
INSERT INTO ticket_text_grams (gram, text_id) SELECT CAST(value AS int), @p0 FROM OPENJSON(@p1)

-- A changed text
DELETE FROM ticket_text_grams WHERE text_id = @p0;
DELETE FROM ticket_texts WHERE id = @p0;
INSERT INTO ticket_texts (id, ticket_id, part, source, visibility, text) VALUES (@p0, @p1, @p2, @p3, @p4, @p5);
INSERT INTO ticket_text_grams (gram, text_id) SELECT CAST(value AS int), @p0 FROM OPENJSON(@p1)

-- A text that goes
DELETE FROM ticket_text_grams WHERE text_id = @p0;
DELETE FROM ticket_texts WHERE id = @p0

-- Search
DECLARE p0 nvarchar(4000) = N'[1450887882,1259513262,-1779859874,980738446,-1593718720]';
DECLARE p1 int = 5;
DECLARE p2 nvarchar(4000) = N'printer';

SELECT [t].[id]
FROM [tickets] AS [t]
WHERE [t].[id] IN (
    SELECT [s].[ticket_id]
    FROM (
        SELECT t.id, t.ticket_id, t.part, t.source, t.visibility, t.text FROM ticket_texts AS t WHERE t.id IN (
            SELECT g.text_id FROM OPENJSON(@p0) AS n
            JOIN ticket_text_grams AS g ON g.gram = CAST(n.value AS int)
            GROUP BY g.text_id HAVING COUNT(*) = @p1
        ) AND CHARINDEX(@p2, t.text) > 0
    ) AS [s]
    WHERE [s].[visibility] = 1
)

