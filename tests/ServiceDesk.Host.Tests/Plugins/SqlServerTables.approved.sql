-- crm: version 3
CREATE TABLE [plugin_crm_accounts] (
    [Id] bigint NOT NULL IDENTITY,
    [Key] nvarchar(60) NOT NULL,
    [Name] nvarchar(200) NOT NULL,
    [Search] nvarchar(400) NOT NULL,
    [ParentId] bigint NULL,
    [OrganizationId] bigint NULL,
    [ScopeId] bigint NULL,
    [ExternalId] nvarchar(100) NULL,
    [Website] nvarchar(300) NOT NULL,
    [Phone] nvarchar(60) NOT NULL,
    [Notes] nvarchar(max) NOT NULL,
    [IsActive] bit NOT NULL,
    [Version] bigint NOT NULL,
    [UpdatedAt] bigint NOT NULL,
    CONSTRAINT [PK_plugin_crm_accounts] PRIMARY KEY ([Id])
);

CREATE TABLE [plugin_crm_acts] (
    [Key] nvarchar(120) NOT NULL,
    [Fingerprint] nvarchar(64) NOT NULL,
    [RecordId] bigint NOT NULL,
    [At] bigint NOT NULL,
    CONSTRAINT [PK_plugin_crm_acts] PRIMARY KEY ([Key])
);

CREATE TABLE [plugin_crm_changes] (
    [Id] bigint NOT NULL IDENTITY,
    [Kind] nvarchar(20) NOT NULL,
    [RecordId] bigint NOT NULL,
    [What] nvarchar(60) NOT NULL,
    [Detail] nvarchar(500) NOT NULL,
    [PersonId] bigint NULL,
    [At] bigint NOT NULL,
    CONSTRAINT [PK_plugin_crm_changes] PRIMARY KEY ([Id])
);

CREATE TABLE [plugin_crm_claims] (
    [ContractId] bigint NOT NULL,
    [TicketId] bigint NOT NULL,
    [Unit] int NOT NULL,
    [Total] bigint NOT NULL,
    [At] bigint NOT NULL,
    CONSTRAINT [PK_plugin_crm_claims] PRIMARY KEY ([ContractId], [TicketId])
);

CREATE TABLE [plugin_crm_contacts] (
    [Id] bigint NOT NULL IDENTITY,
    [Name] nvarchar(200) NOT NULL,
    [Search] nvarchar(600) NOT NULL,
    [Email] nvarchar(254) NOT NULL,
    [Phone] nvarchar(60) NOT NULL,
    [PersonId] bigint NULL,
    [ExternalId] nvarchar(100) NULL,
    [Notes] nvarchar(max) NOT NULL,
    [Version] bigint NOT NULL,
    [UpdatedAt] bigint NOT NULL,
    CONSTRAINT [PK_plugin_crm_contacts] PRIMARY KEY ([Id])
);

CREATE TABLE [plugin_crm_contracts] (
    [Id] bigint NOT NULL IDENTITY,
    [Number] nvarchar(60) NOT NULL,
    [Name] nvarchar(200) NOT NULL,
    [Search] nvarchar(400) NOT NULL,
    [AccountId] bigint NOT NULL,
    [State] int NOT NULL,
    [StartsOn] nvarchar(10) NOT NULL,
    [EndsOn] nvarchar(10) NOT NULL,
    [Amount] decimal(19,4) NOT NULL,
    [Currency] nvarchar(3) NOT NULL,
    [AmountPer] int NOT NULL,
    [OwnerId] bigint NULL,
    [LegalId] bigint NULL,
    [RemindDays] int NOT NULL,
    [RemindAt] bigint NULL,
    [RemindedFor] nvarchar(10) NOT NULL,
    [ExpireAt] bigint NULL,
    [CoversChildren] bit NOT NULL,
    [PenaltyTerms] nvarchar(max) NOT NULL,
    [PenaltyRate] decimal(9,4) NULL,
    [Notes] nvarchar(max) NOT NULL,
    [BudgetUnit] int NOT NULL,
    [BudgetAmount] bigint NOT NULL,
    [BudgetWarnAt] int NOT NULL,
    [WhenSpent] int NOT NULL,
    [BooksOpenings] bit NOT NULL,
    [BudgetLevel] int NOT NULL,
    [BudgetTold] int NOT NULL,
    [BudgetLevelEntry] bigint NOT NULL,
    [ExternalId] nvarchar(100) NULL,
    [Version] bigint NOT NULL,
    [UpdatedAt] bigint NOT NULL,
    CONSTRAINT [PK_plugin_crm_contracts] PRIMARY KEY ([Id])
);

CREATE TABLE [plugin_crm_documents] (
    [Id] bigint NOT NULL IDENTITY,
    [ContractId] bigint NOT NULL,
    [Name] nvarchar(255) NOT NULL,
    [Size] bigint NOT NULL,
    [Sha256] nvarchar(64) NOT NULL,
    [PersonId] bigint NOT NULL,
    [At] bigint NOT NULL,
    CONSTRAINT [PK_plugin_crm_documents] PRIMARY KEY ([Id])
);

CREATE TABLE [plugin_crm_entitlements] (
    [Id] bigint NOT NULL IDENTITY,
    [ContractId] bigint NOT NULL,
    [Ordinal] int NOT NULL,
    [Plan] nvarchar(60) NOT NULL,
    [Policy] nvarchar(60) NOT NULL,
    [Desks] nvarchar(1000) NOT NULL,
    [Products] nvarchar(2000) NOT NULL,
    CONSTRAINT [PK_plugin_crm_entitlements] PRIMARY KEY ([Id])
);

CREATE TABLE [plugin_crm_ledger] (
    [Id] bigint NOT NULL IDENTITY,
    [ContractId] bigint NOT NULL,
    [Kind] int NOT NULL,
    [Unit] int NOT NULL,
    [Amount] bigint NOT NULL,
    [Note] nvarchar(500) NOT NULL,
    [TicketId] bigint NULL,
    [TicketVersion] bigint NULL,
    [TicketKey] nvarchar(24) NOT NULL,
    [Corrects] bigint NULL,
    [PersonId] bigint NULL,
    [At] bigint NOT NULL,
    CONSTRAINT [PK_plugin_crm_ledger] PRIMARY KEY ([Id])
);

CREATE TABLE [plugin_crm_memberships] (
    [ContactId] bigint NOT NULL,
    [AccountId] bigint NOT NULL,
    [Title] nvarchar(100) NOT NULL,
    [IsPrimary] bit NOT NULL,
    CONSTRAINT [PK_plugin_crm_memberships] PRIMARY KEY ([ContactId], [AccountId])
);

CREATE TABLE [plugin_crm_pieces] (
    [Owner] nvarchar(40) NOT NULL,
    [Ordinal] int NOT NULL,
    [Bytes] varbinary(max) NOT NULL,
    CONSTRAINT [PK_plugin_crm_pieces] PRIMARY KEY ([Owner], [Ordinal])
);

CREATE TABLE [plugin_crm_products] (
    [Id] bigint NOT NULL IDENTITY,
    [Key] nvarchar(60) NOT NULL,
    [Name] nvarchar(200) NOT NULL,
    [Search] nvarchar(400) NOT NULL,
    [Description] nvarchar(max) NOT NULL,
    [ExternalId] nvarchar(100) NULL,
    [IsActive] bit NOT NULL,
    [Version] bigint NOT NULL,
    [UpdatedAt] bigint NOT NULL,
    CONSTRAINT [PK_plugin_crm_products] PRIMARY KEY ([Id])
);

CREATE TABLE [plugin_crm_uploads] (
    [Id] bigint NOT NULL IDENTITY,
    [Kind] nvarchar(20) NOT NULL,
    [Name] nvarchar(255) NOT NULL,
    [PersonId] bigint NOT NULL,
    [At] bigint NOT NULL,
    CONSTRAINT [PK_plugin_crm_uploads] PRIMARY KEY ([Id])
);

CREATE UNIQUE INDEX [IX_plugin_crm_accounts_ExternalId] ON [plugin_crm_accounts] ([ExternalId]) WHERE [ExternalId] IS NOT NULL;

CREATE UNIQUE INDEX [IX_plugin_crm_accounts_Key] ON [plugin_crm_accounts] ([Key]);

CREATE INDEX [IX_plugin_crm_accounts_OrganizationId] ON [plugin_crm_accounts] ([OrganizationId]);

CREATE INDEX [IX_plugin_crm_accounts_ParentId] ON [plugin_crm_accounts] ([ParentId]);

CREATE INDEX [IX_plugin_crm_accounts_ScopeId] ON [plugin_crm_accounts] ([ScopeId]);

CREATE INDEX [IX_plugin_crm_acts_At] ON [plugin_crm_acts] ([At]);

CREATE INDEX [IX_plugin_crm_changes_Kind_RecordId] ON [plugin_crm_changes] ([Kind], [RecordId]);

CREATE UNIQUE INDEX [IX_plugin_crm_contacts_ExternalId] ON [plugin_crm_contacts] ([ExternalId]) WHERE [ExternalId] IS NOT NULL;

CREATE UNIQUE INDEX [IX_plugin_crm_contacts_PersonId] ON [plugin_crm_contacts] ([PersonId]) WHERE [PersonId] IS NOT NULL;

CREATE INDEX [IX_plugin_crm_contracts_AccountId] ON [plugin_crm_contracts] ([AccountId]);

CREATE INDEX [IX_plugin_crm_contracts_ExpireAt] ON [plugin_crm_contracts] ([ExpireAt]);

CREATE UNIQUE INDEX [IX_plugin_crm_contracts_ExternalId] ON [plugin_crm_contracts] ([ExternalId]) WHERE [ExternalId] IS NOT NULL;

CREATE UNIQUE INDEX [IX_plugin_crm_contracts_Number] ON [plugin_crm_contracts] ([Number]);

CREATE INDEX [IX_plugin_crm_contracts_RemindAt] ON [plugin_crm_contracts] ([RemindAt]);

CREATE INDEX [IX_plugin_crm_documents_ContractId] ON [plugin_crm_documents] ([ContractId]);

CREATE INDEX [IX_plugin_crm_entitlements_ContractId] ON [plugin_crm_entitlements] ([ContractId]);

CREATE INDEX [IX_plugin_crm_ledger_ContractId] ON [plugin_crm_ledger] ([ContractId]);

CREATE UNIQUE INDEX [IX_plugin_crm_ledger_TicketId_TicketVersion] ON [plugin_crm_ledger] ([TicketId], [TicketVersion]) WHERE [TicketId] IS NOT NULL AND [TicketVersion] IS NOT NULL;

CREATE INDEX [IX_plugin_crm_memberships_AccountId] ON [plugin_crm_memberships] ([AccountId]);

CREATE UNIQUE INDEX [IX_plugin_crm_products_ExternalId] ON [plugin_crm_products] ([ExternalId]) WHERE [ExternalId] IS NOT NULL;

CREATE UNIQUE INDEX [IX_plugin_crm_products_Key] ON [plugin_crm_products] ([Key]);

CREATE INDEX [IX_plugin_crm_uploads_At] ON [plugin_crm_uploads] ([At]);

-- crm: from version 1
CREATE TABLE [plugin_crm_claims] (
    [ContractId] bigint NOT NULL,
    [TicketId] bigint NOT NULL,
    [Unit] int NOT NULL,
    [Total] bigint NOT NULL,
    [At] bigint NOT NULL,
    CONSTRAINT [PK_plugin_crm_claims] PRIMARY KEY ([ContractId], [TicketId])
);

ALTER TABLE [plugin_crm_contracts] ADD [LegalId] bigint NULL;

-- crm: from version 2
ALTER TABLE [plugin_crm_contracts] ADD [LegalId] bigint NULL;

-- reports: version 3
CREATE TABLE [plugin_reports_calendars] (
    [Id] nvarchar(60) NOT NULL,
    [Version] int NOT NULL,
    [Done] bigint NOT NULL,
    CONSTRAINT [PK_plugin_reports_calendars] PRIMARY KEY ([Id])
);

CREATE TABLE [plugin_reports_facts] (
    [TicketId] bigint NOT NULL,
    [Kind] nvarchar(130) NOT NULL,
    [Number] int NOT NULL,
    [At] bigint NOT NULL,
    [Value] bigint NOT NULL,
    [Kept] bit NOT NULL,
    [Metric] nvarchar(60) NOT NULL,
    [Desk] nvarchar(60) NOT NULL,
    [Type] nvarchar(60) NOT NULL,
    [RequestType] nvarchar(60) NOT NULL,
    [Priority] nvarchar(60) NOT NULL,
    [Organization] nvarchar(60) NOT NULL,
    [Assignee] nvarchar(60) NOT NULL,
    [Team] nvarchar(60) NOT NULL,
    [Channel] nvarchar(60) NOT NULL,
    CONSTRAINT [PK_plugin_reports_facts] PRIMARY KEY ([TicketId], [Kind], [Number])
);

CREATE TABLE [plugin_reports_progress] (
    [Id] int NOT NULL,
    [Position] bigint NOT NULL,
    [Head] bigint NOT NULL,
    [Round] int NOT NULL,
    [RebuildTo] bigint NOT NULL,
    CONSTRAINT [PK_plugin_reports_progress] PRIMARY KEY ([Id])
);

CREATE TABLE [plugin_reports_stretches] (
    [TicketId] bigint NOT NULL,
    [Number] int NOT NULL,
    [From] bigint NOT NULL,
    [To] bigint NOT NULL,
    [Desk] nvarchar(60) NOT NULL,
    [Type] nvarchar(60) NOT NULL,
    [RequestType] nvarchar(60) NOT NULL,
    [Priority] nvarchar(60) NOT NULL,
    [Organization] nvarchar(60) NOT NULL,
    [Assignee] nvarchar(60) NOT NULL,
    [Team] nvarchar(60) NOT NULL,
    [Channel] nvarchar(60) NOT NULL,
    CONSTRAINT [PK_plugin_reports_stretches] PRIMARY KEY ([TicketId], [Number])
);

CREATE TABLE [plugin_reports_tickets] (
    [TicketId] bigint NOT NULL,
    [Round] int NOT NULL,
    [Json] nvarchar(max) NOT NULL,
    CONSTRAINT [PK_plugin_reports_tickets] PRIMARY KEY ([TicketId])
);

CREATE INDEX [IX_plugin_reports_facts_Kind_At_Desk_TicketId_Value_Kept_Metric] ON [plugin_reports_facts] ([Kind], [At], [Desk], [TicketId], [Value], [Kept], [Metric]);

CREATE INDEX [IX_plugin_reports_stretches_begun] ON [plugin_reports_stretches] ([From], [Desk], [TicketId], [To], [Assignee], [Team], [Priority]);

CREATE INDEX [IX_plugin_reports_stretches_ended] ON [plugin_reports_stretches] ([To], [Desk], [TicketId], [From], [Assignee], [Team], [Priority]);

-- reports: from version 1
DROP INDEX [IX_plugin_reports_stretches_From_Desk_TicketId_To] ON [plugin_reports_stretches];

DROP INDEX [IX_plugin_reports_stretches_To_Desk_TicketId_From] ON [plugin_reports_stretches];

CREATE INDEX [IX_plugin_reports_stretches_begun] ON [plugin_reports_stretches] ([From], [Desk], [TicketId], [To], [Assignee], [Team], [Priority]);

CREATE INDEX [IX_plugin_reports_stretches_ended] ON [plugin_reports_stretches] ([To], [Desk], [TicketId], [From], [Assignee], [Team], [Priority]);

UPDATE plugin_reports_progress SET
    "RebuildTo" = CASE WHEN "RebuildTo" > "Position" THEN "RebuildTo" ELSE "Position" END,
    "Position" = 0,
    "Round" = "Round" + 1

-- reports: from version 2
UPDATE plugin_reports_progress SET
    "RebuildTo" = CASE WHEN "RebuildTo" > "Position" THEN "RebuildTo" ELSE "Position" END,
    "Position" = 0,
    "Round" = "Round" + 1

