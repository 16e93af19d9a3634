using Microsoft.EntityFrameworkCore;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Import;

/// <summary>What became, or would become, of a line.</summary>
public enum LineFate
{
    /// <summary>A new record.</summary>
    New = 1,

    /// <summary>A record that was there.</summary>
    Changed = 2,

    /// <summary>Left out.</summary>
    Bad = 3,

    /// <summary>A record that says already what the line says; nothing is written.</summary>
    Same = 4,
}

/// <summary>A line with what became of it.</summary>
/// <param name="Name">What it is about.</param>
public sealed record LineReport(int Line, string Name, LineFate Fate, ValueList<Refusal> Refusals);

/// <summary>What an import did, or would do.</summary>
/// <param name="Unknown">Headers that mean no column; they are passed over.</param>
public sealed record ImportReport(
    string Encoding,
    IReadOnlyList<(string Header, string Column)> Columns,
    IReadOnlyList<string> Unknown,
    IReadOnlyList<LineReport> Lines
)
{
    /// <summary>How many lines have a fate.</summary>
    public int Count(LineFate fate) => Lines.Count(line => line.Fate == fate);

    /// <summary>The lines that are left out.</summary>
    public IEnumerable<LineReport> Bad => Lines.Where(line => line.Fate == LineFate.Bad);
}

/// <summary>
/// Brings in tables. A preview does all that the import does and undoes it. The lines that can be taken are taken in one
/// transaction, all or none of them; the others are told with their number and the reason. A line that names a record that is
/// there, by external id or else by its key, number or address, changes it: to bring in a table twice makes nothing double.
/// </summary>
public sealed class Importing(
    IPluginTables<CrmTables> tables,
    CrmWriter writer,
    ContractWriting contracts,
    IPeople people,
    NodaTime.IClock clock
)
{
    /// <summary>Keeps a table of a person until it is brought in, a day at most.</summary>
    public async Task<Written> KeepAsync(
        Viewer viewer,
        ImportKind kind,
        string name,
        byte[] content,
        CancellationToken cancellation
    )
    {
        if (CsvReading.Read(content).Refusal is { } refusal)
        {
            return Written.No(refusal);
        }

        return await writer.WriteAsync(
            viewer,
            async (change, token) =>
            {
                var upload = new UploadRow
                {
                    Kind = kind.ToString(),
                    Name = name.Length > 255 ? name[..255] : name,
                    PersonId = viewer.Person.Id.Value,
                    At = clock.GetCurrentInstant().ToUnixTimeTicks(),
                };
                change.Db.Uploads.Add(upload);
                await change.Db.SaveChangesAsync(token);
                DocumentWriting.Keep(change.Db, $"upload:{upload.Id}", content);
                return Written.Done(upload.Id);
            },
            cancellation
        );
    }

    /// <summary>A table that the person keeps; null when there is none.</summary>
    public Task<(ImportKind Kind, byte[] Content)?> FindAsync(
        Viewer viewer,
        long upload,
        CancellationToken cancellation
    ) =>
        tables.ReadAsync<(ImportKind, byte[])?>(
            async (db, token) =>
            {
                var person = viewer.Person.Id.Value;
                var row = await db.Uploads.FirstOrDefaultAsync(
                    one => one.Id == upload && one.PersonId == person,
                    token
                );
                return row is null || !Enum.TryParse<ImportKind>(row.Kind, out var kind)
                    ? null
                    : (kind, await DocumentWriting.ReadAsync(db, $"upload:{upload}", token));
            },
            cancellation
        );

    /// <summary>Brings a table in, or tries it.</summary>
    /// <param name="isTrial">Whether all is undone afterwards.</param>
    /// <returns>The report, or why nothing could be done at all.</returns>
    public async Task<(ImportReport? Report, ValueList<Refusal> Refusals)> RunAsync(
        Viewer viewer,
        ImportKind kind,
        byte[] content,
        bool isTrial,
        CancellationToken cancellation
    )
    {
        var (table, wrong) = CsvReading.Read(content);
        if (table is null)
        {
            return (null, [wrong!]);
        }

        var columns = ImportColumns.Map(kind, table.Headers);
        if (columns.All(column => column is null))
        {
            return (null, [Refusal.Invalid("crm.refusal.no-columns", "file")]);
        }

        var lines = table.Lines.Select(line => new ImportLine(line, columns)).ToList();
        var around = await ImportSurroundings.FindAsync(people, kind, lines, cancellation);
        var reports = new List<LineReport>();
        var written = await writer.WriteAsync(
            viewer,
            async (change, token) =>
            {
                reports.Clear();
                var run = new ImportRun(change, around, contracts);
                reports.AddRange(await run.RunAsync(kind, lines, token));
                return isTrial ? Written.No(Refusal.Conflict("crm.refusal.trial")) : Written.Done(1);
            },
            cancellation
        );
        if (!written.IsDone && !(isTrial && written.Refusals[0].Code == "crm.refusal.trial"))
        {
            return (null, written.Refusals);
        }

        var named = table.Headers.Zip(columns).ToList();
        return (
            new ImportReport(
                table.Encoding,
                [.. named.Where(one => one.Second is not null).Select(one => (one.First, one.Second!))],
                [.. named.Where(one => one.Second is null && one.First.Length > 0).Select(one => one.First)],
                reports
            ),
            []
        );
    }
}

/// <summary>A line whose cells are found by column.</summary>
internal sealed class ImportLine(CsvLine line, IReadOnlyList<string?> columns)
{
    public int Number => line.Number;

    public bool IsBroken => line.IsBroken;

    /// <summary>Whether the table has the column.</summary>
    public bool Has(string column) => columns.Contains(column);

    /// <summary>The cell; empty where the table has none.</summary>
    public string this[string column]
    {
        get
        {
            for (var i = 0; i < columns.Count && i < line.Cells.Count; i++)
            {
                if (columns[i] == column)
                {
                    return line.Cells[i];
                }
            }

            return "";
        }
    }
}

/// <summary>What lines name outside of the plugin's tables, found before the transaction.</summary>
internal sealed record ImportSurroundings(
    IReadOnlyList<Organization> Organizations,
    IReadOnlyDictionary<string, Person> People
)
{
    public static async Task<ImportSurroundings> FindAsync(
        IPeople people,
        ImportKind kind,
        IReadOnlyCollection<ImportLine> lines,
        CancellationToken cancellation
    )
    {
        var column = kind == ImportKind.Contacts ? "email" : "owner";
        var found = new Dictionary<string, Person>(StringComparer.OrdinalIgnoreCase);
        if (kind is ImportKind.Contacts or ImportKind.Contracts)
        {
            foreach (var address in lines.Select(line => line[column]).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                if (
                    address.Length is > 0 and < 255
                    && await people.FindByEmailAsync(address, cancellation) is { } person
                )
                {
                    found[address] = person;
                }
            }
        }

        return new ImportSurroundings(await people.OrganizationsAsync(cancellation), found);
    }

    public Person? Person(string address) => People.GetValueOrDefault(address);
}
