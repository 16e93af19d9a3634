using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Dialects;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Schema;

public sealed class MigrationTests
{
    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    [InlineData(DatabaseProvider.SqlServer)]
    public void The_migrations_written_by_hand_make_the_tables_that_the_model_wants(DatabaseProvider provider)
    {
        using var db = Unconnected(provider);
        var model = db.GetService<IDesignTimeModel>().Model.GetRelationalModel();
        var operations = Operations(db);

        Assert.Equal(
            model.Tables.SelectMany(Describe).Order(StringComparer.Ordinal),
            operations
                .OfType<CreateTableOperation>()
                .SelectMany(Describe)
                .Concat(operations.OfType<AddColumnOperation>().Select(Describe))
                .Order(StringComparer.Ordinal)
        );
        // Indexes beyond the model's serve its foreign keys' columns or dialects; those of the model must all be there.
        Assert.Empty(
            model
                .Tables.SelectMany(Indexes)
                .Except(operations.OfType<CreateIndexOperation>().Select(Describe), StringComparer.Ordinal)
        );
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Migrating_again_changes_nothing_and_needs_nothing(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);

        await database.Get<Database>().MigrateAsync();

        await using var db = database.Database.CreateDbContext();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        Assert.Equal(0, await db.LogHead.Select(row => row.Position).SingleAsync());
    }

    [Theory, OnPostgreSql]
    public async Task Tables_in_a_schema_of_their_own_are_migrated_again(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var inSchema = database.Node(options => options with { Connection = options.Connection + ";Search Path=desk" });
        await database.Database.WriteAsync(
            (db, token) => db.Database.ExecuteSqlRawAsync("CREATE SCHEMA desk", token),
            default
        );
        await inSchema.GetRequiredService<Database>().MigrateAsync();
        await inSchema
            .GetRequiredService<Database>()
            .WriteAsync(
                (db, token) =>
                    db.Database.ExecuteSqlAsync(
                        $"""DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261207010000_NamesOfFields'""",
                        token
                    ),
                default
            );

        await inSchema.GetRequiredService<Database>().MigrateAsync();

        await using var read = inSchema.GetRequiredService<Database>().CreateDbContext();
        Assert.Equal(
            1,
            await read
                .Database.SqlQuery<int>(
                    $"""
                    SELECT CAST(count(*) AS int) AS "Value" FROM desk."__EFMigrationsHistory"
                    WHERE "MigrationId" = '20261207010000_NamesOfFields'
                    """
                )
                .SingleAsync()
        );
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_database_of_a_newer_version_is_left_as_it_is(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        await database.Database.WriteAsync(
            (db, token) =>
                db.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
                    VALUES ('29990101010000_OfTheFuture', '99.0'), ('29980101010000_BeforeIt', '99.0')
                    """,
                    token
                ),
            default
        );

        var refused = await Assert.ThrowsAsync<NewerDatabaseException>(() => database.Get<Database>().MigrateAsync());

        Assert.Equal("29990101010000_OfTheFuture", refused.Migration);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Whom_fields_held_before_is_found_by_its_number(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var text = new DocumentText(new DocumentSchemas());
        await database.Database.WriteAsync(
            async (db, token) =>
            {
                db.Tickets.Add(new TicketRow { Id = 1, Key = "ITSD-1" });
                Field(db, "owner", FieldKind.Person, "12");
                Field(db, "floor", FieldKind.Text, "3");
                Field(db, "crew", FieldKind.Team, "not a number");
                Field(db, "former", FieldKind.Organization, "7", versions: [FieldKind.Organization, null]);
                Field(db, "again", FieldKind.Text, "8", versions: [FieldKind.Person, null, FieldKind.Text]);
                Field(db, "turned", FieldKind.Text, "9", versions: [FieldKind.Person, FieldKind.Text, null]);
                await db.SaveChangesAsync(token);
                return await db.Database.ExecuteSqlAsync(
                    $"""DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261207010000_NamesOfFields'""",
                    token
                );
            },
            default
        );

        await database.Get<Database>().MigrateAsync();

        await using var read = database.Database.CreateDbContext();
        var rows = await read.TicketFields.ToDictionaryAsync(row => row.Field, row => row.Number);
        Assert.Equal((12d, null, null), (rows["owner"], rows["floor"], rows["crew"]));
        // Of fields that were removed since, what they were at last counts.
        Assert.Equal((7d, null, null), (rows["former"], rows["again"], rows["turned"]));

        void Field(ServiceDeskDb db, string id, FieldKind kind, string held, params FieldKind?[] versions)
        {
            var written = (versions.Length == 0 ? [kind] : versions).Select(one => Json(id, one)).ToList();
            db.DocumentVersions.AddRange(
                written
                    .Index()
                    .Select(one => new DocumentVersionRow
                    {
                        Kind = DocumentKinds.Field,
                        Id = id,
                        Version = one.Index + 1,
                        Json = one.Item,
                    })
            );
            db.Documents.Add(
                new DocumentRow
                {
                    Kind = DocumentKinds.Field,
                    Id = id,
                    Version = written.Count,
                    Json = written[^1],
                }
            );
            db.TicketFields.Add(
                new TicketFieldRow
                {
                    TicketId = 1,
                    Field = id,
                    Text = held,
                }
            );
        }

        string? Json(string id, FieldKind? kind) =>
            kind is { } known
                ? text.ToJson(
                    new FieldDocument
                    {
                        Id = id,
                        Name = LocalizedText.Of(id),
                        Kind = known,
                    }
                )
                : null;
    }

    [Theory, OnSqlite]
    public async Task A_migration_that_was_killed_does_not_stop_the_next_start(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        await database.Database.WriteAsync(
            (db, token) =>
                db.Database.ExecuteSqlAsync($"""INSERT INTO "__EFMigrationsLock" VALUES (1, '2026')""", token)
        );

        await database.Get<Database>().MigrateAsync().WaitAsync(TimeSpan.FromSeconds(20));

        await using var node = database.Node();
        Assert.NotNull(node.GetRequiredService<IDatabase>());
    }

    internal static ServiceDeskDb Unconnected(DatabaseProvider provider)
    {
        var builder = new DbContextOptionsBuilder<ServiceDeskDb>();
        Dialect(provider).ConfigureReading(builder);
        return new ServiceDeskDb(builder.Options);
    }

    internal static Dialect Dialect(DatabaseProvider provider) =>
        Dialects.Dialect.For(
            new StorageOptions
            {
                Provider = provider,
                DataFolder = "/nowhere",
                Connection = provider == DatabaseProvider.PostgreSql ? "Host=nowhere" : "Server=nowhere",
            }
        );

    private static List<MigrationOperation> Operations(ServiceDeskDb db)
    {
        var migrations = db.GetService<IMigrationsAssembly>();
        return
        [
            .. migrations.Migrations.Values.SelectMany(type =>
                migrations.CreateMigration(type, db.Database.ProviderName!).UpOperations
            ),
        ];
    }

    private static IEnumerable<string> Describe(ITable table) =>
        [
            .. table.Columns.Select(c =>
                $"{table.Name}.{c.Name} {Type(c.PropertyMappings.First().Property.ClrType)} "
                + $"{(c.IsNullable ? "null" : "not null")} {c.PropertyMappings.First().Property.GetMaxLength()}"
            ),
            $"{table.Name} key {string.Join(',', table.PrimaryKey!.Columns.Select(c => c.Name))}",
            .. table.ForeignKeyConstraints.Select(k =>
                $"{table.Name} {string.Join(',', k.Columns.Select(c => c.Name))} -> {k.PrincipalTable.Name}"
            ),
        ];

    private static string Describe(AddColumnOperation c) =>
        $"{c.Table}.{c.Name} {Type(c.ClrType)} {(c.IsNullable ? "null" : "not null")} {c.MaxLength}";

    private static IEnumerable<string> Describe(CreateTableOperation table) =>
        [
            .. table.Columns.Select(Describe),
            $"{table.Name} key {string.Join(',', table.PrimaryKey!.Columns)}",
            .. table.ForeignKeys.Select(k => $"{table.Name} {string.Join(',', k.Columns)} -> {k.PrincipalTable}"),
        ];

    private static IEnumerable<string> Indexes(ITable table) =>
        table.Indexes.Select(i => $"{table.Name} {string.Join(',', i.Columns.Select(c => c.Name))} {i.IsUnique}");

    private static string Describe(CreateIndexOperation index) =>
        $"{index.Table} {string.Join(',', index.Columns)} {index.IsUnique}";

    private static string Type(Type type) => (Nullable.GetUnderlyingType(type) ?? type).Name;
}
