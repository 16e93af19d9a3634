using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace ServiceDesk.Storage.Migrations;

/// <summary>
/// Writes tables for every database from one description. A column's type follows from its .NET type; texts compare and sort
/// by their code points on every database.
/// </summary>
internal sealed class Tables(MigrationBuilder migration, string? provider)
{
    public const string Sqlite = "Microsoft.EntityFrameworkCore.Sqlite";
    public const string PostgreSql = "Npgsql.EntityFrameworkCore.PostgreSQL";
    public const string SqlServer = "Microsoft.EntityFrameworkCore.SqlServer";

    private readonly string? collation = provider switch
    {
        PostgreSql => "C",
        SqlServer => "Latin1_General_100_BIN2",
        _ => null,
    };

    /// <summary>Creates a table.</summary>
    public void Create(string name, Action<Table> describe)
    {
        var operation = new CreateTableOperation { Name = name };
        migration.Operations.Add(operation);
        describe(new Table(operation, migration, collation));
    }

    /// <summary>Adds columns, which must be optional, to a table that may have rows.</summary>
    public void Extend(string name, Action<Table> describe)
    {
        var columns = new CreateTableOperation { Name = name };
        describe(new Table(columns, migration, collation));
        migration.Operations.AddRange(columns.Columns);
    }

    /// <summary>SQL of one database.</summary>
    public void Only(string database, string sql, bool suppressTransaction = false)
    {
        if (provider == database)
        {
            migration.Sql(sql + ";", suppressTransaction);
        }
    }

    /// <summary>SQL that every database takes.</summary>
    public void Sql(string sql) => migration.Sql(sql + ";");
}

/// <summary>Describes a table.</summary>
internal sealed class Table(CreateTableOperation table, MigrationBuilder migration, string? collation)
{
    /// <summary>A whole number of 64 bits.</summary>
    public Table Long(params ReadOnlySpan<string> names) => Add(typeof(long), names, isNullable: false);

    /// <summary>A whole number of 64 bits, or null.</summary>
    public Table OptionalLong(params ReadOnlySpan<string> names) => Add(typeof(long), names, isNullable: true);

    /// <summary>A whole number of 32 bits.</summary>
    public Table Int(params ReadOnlySpan<string> names) => Add(typeof(int), names, isNullable: false);

    /// <summary>A whole number of 32 bits, or null.</summary>
    public Table OptionalInt(params ReadOnlySpan<string> names) => Add(typeof(int), names, isNullable: true);

    /// <summary>Yes or no.</summary>
    public Table Flag(params ReadOnlySpan<string> names) => Add(typeof(bool), names, isNullable: false);

    /// <summary>Yes, no, or null.</summary>
    public Table OptionalFlag(string name) => Add(typeof(bool), [name], isNullable: true);

    /// <summary>A number with a fraction, or null.</summary>
    public Table OptionalReal(string name) => Add(typeof(double), [name], isNullable: true);

    /// <summary>A moment with its offset, or null.</summary>
    public Table OptionalMoment(string name) => Add(typeof(DateTimeOffset), [name], isNullable: true);

    /// <summary>Bytes.</summary>
    public Table Bytes(string name) => Add(typeof(byte[]), [name], isNullable: false);

    /// <summary>Text of at most <paramref name="length"/> characters; of any length without it.</summary>
    public Table Text(string name, int? length = null) => Add(typeof(string), [name], isNullable: false, length);

    /// <summary>As <see cref="Text"/>, or null.</summary>
    public Table OptionalText(string name, int? length = null) => Add(typeof(string), [name], isNullable: true, length);

    /// <summary>A number that the database counts up, and the key of the table.</summary>
    public Table CountedKey(Type type, string name)
    {
        Add(type, [name], isNullable: false);
        var column = table.Columns[^1];
        column["Sqlite:Autoincrement"] = true;
        column["Npgsql:ValueGenerationStrategy"] = NpgsqlValueGenerationStrategy.IdentityByDefaultColumn;
        column["SqlServer:Identity"] = "1, 1";
        return Key(name);
    }

    /// <summary>The key.</summary>
    public Table Key(params string[] columns)
    {
        table.PrimaryKey = new AddPrimaryKeyOperation
        {
            Name = $"pk_{table.Name}",
            Table = table.Name,
            Columns = columns,
        };
        return this;
    }

    /// <summary>A reference to a table's key; rows go when what they refer to goes.</summary>
    public Table Belongs(string column, string to, string toColumn = "id")
    {
        table.ForeignKeys.Add(
            new AddForeignKeyOperation
            {
                Name = $"fk_{table.Name}_{column}",
                Table = table.Name,
                Columns = [column],
                PrincipalTable = to,
                PrincipalColumns = [toColumn],
                OnDelete = ReferentialAction.Cascade,
            }
        );
        return this;
    }

    /// <summary>An index.</summary>
    public Table Index(params string[] columns) => AddIndex(columns, isUnique: false, filter: null);

    /// <summary>An index of values that stand once.</summary>
    public Table Unique(params string[] columns) => AddIndex(columns, isUnique: true, filter: null);

    /// <summary>An index of values that stand once, where the last column is not null.</summary>
    public Table UniqueWhereSet(params string[] columns) =>
        AddIndex(columns, isUnique: true, $"{columns[^1]} IS NOT NULL");

    private Table AddIndex(string[] columns, bool isUnique, string? filter)
    {
        migration.Operations.Add(
            new CreateIndexOperation
            {
                Name = $"ix_{table.Name}_{string.Join('_', columns)}",
                Table = table.Name,
                Columns = columns,
                IsUnique = isUnique,
                Filter = filter,
            }
        );
        return this;
    }

    private Table Add(Type type, ReadOnlySpan<string> names, bool isNullable, int? length = null)
    {
        foreach (var name in names)
        {
            table.Columns.Add(
                new AddColumnOperation
                {
                    Name = name,
                    Table = table.Name,
                    ClrType = type,
                    IsNullable = isNullable,
                    MaxLength = length,
                    Collation = type == typeof(string) ? collation : null,
                }
            );
        }

        return this;
    }
}
