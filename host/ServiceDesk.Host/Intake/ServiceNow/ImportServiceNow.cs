using System.Globalization;
using NodaTime;
using ServiceDesk.Host.Cli;
using ServiceDesk.Host.Cli.Commands;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Reactions.Timers;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Intake.ServiceNow;

/// <summary>
/// <c>import servicenow FILE --desk KEY</c>: replays an incident log, and tells rows read = applied + unchanged + refused. The
/// first refused rows are told on the console, with <c>--refused FILE</c> all in a file, a line each.
/// </summary>
public sealed class ImportServiceNow(
    ITicketGrains grains,
    ITicketStore store,
    IPeopleStore peopleStore,
    ICurrentConfiguration configuration,
    HistoryUnderWay history,
    IClock clock,
    ITexts texts
) : IHostCommand
{
    // Incidents at once, so that their commits can share transactions.
    private const int AtOnce = 16;
    private const int MostTold = 100;

    public string Name => "import servicenow";

    public async Task<int> RunAsync(
        CommandRequest request,
        Stream input,
        ICommandOutput output,
        CancellationToken cancellation
    )
    {
        var desk = request.Get("desk").Trim();
        var snapshot = configuration.Snapshot;
        if (!snapshot.TryGet<DeskDocument>(desk, out var document) || !document.Types.Contains(IncidentReplay.Type))
        {
            await output.NoteAsync(texts.Format("import.desk-unknown", desk));
            return ExitCodes.Refused;
        }

        var file = await new IncidentFileReader(clock).ReadAsync(input, cancellation);
        if (file.Problems.Count > 0)
        {
            await TellAsync(file.Problems, request, output);
            await output.NoteAsync(texts["import.nothing-taken"]);
            await ReportAsync(file.RowsRead, 0, 0, file.RowsRead, output);
            return ExitCodes.Refused;
        }

        var people = new ImportedPeople(peopleStore);
        await people.PrepareAsync([.. file.Rows.Where(row => row.Status is not null)], cancellation);
        await output.NoteAsync(texts.Format("import.people-ready", Number(people.Made)));
        await using var underWay = await history.BeginAsync(cancellation);
        var replay = new IncidentReplay(grains, store, people, snapshot, desk, clock.GetCurrentInstant());
        var outcome = await ReplayAsync(replay, file.Rows, output, cancellation);
        await TellAsync([.. outcome.Refused.OrderBy(row => row.Line).Select(row => row.Problem)], request, output);
        await ReportAsync(file.RowsRead, outcome.Applied, outcome.Unchanged, outcome.Refused.Count, output);
        return ExitCodes.Done;
    }

    private async Task<ReplayOutcome> ReplayAsync(
        IncidentReplay replay,
        IReadOnlyList<IncidentRow> rows,
        ICommandOutput output,
        CancellationToken cancellation
    )
    {
        var incidents = rows.GroupBy(row => row.Number, StringComparer.Ordinal).ToList();
        var sum = new ReplayOutcome(0, 0, []);
        var (done, told) = (0, 0);
        foreach (var some in incidents.Chunk(AtOnce))
        {
            var outcomes = await Task.WhenAll(some.Select(incident => replay.RunAsync(incident, cancellation)));
            sum = outcomes.Aggregate(
                sum,
                (all, one) =>
                    new ReplayOutcome(
                        all.Applied + one.Applied,
                        all.Unchanged + one.Unchanged,
                        [.. all.Refused, .. one.Refused]
                    )
            );
            done += some.Length;
            if (done * 10 / incidents.Count > told)
            {
                told = done * 10 / incidents.Count;
                await output.NoteAsync(texts.Format("import.progress", Number(done), Number(incidents.Count)));
            }
        }

        return sum;
    }

    private async Task TellAsync(IReadOnlyList<RowProblem> problems, CommandRequest request, ICommandOutput output)
    {
        foreach (var problem in problems.Take(MostTold))
        {
            await output.NoteAsync(Sentence(problem));
        }

        var file = request.Find("refused");
        if (file is not null)
        {
            await output.FileAsync(file, string.Concat(problems.Select(problem => Sentence(problem) + "\n")));
        }

        if (problems.Count > MostTold)
        {
            var more = Number(problems.Count - MostTold);
            await output.NoteAsync(
                file is null ? texts.Format("import.more", more) : texts.Format("import.more-in-file", more, file)
            );
        }
    }

    private string Sentence(RowProblem problem)
    {
        var sentence = texts.Format(problem.Code, [.. problem.Arguments]);
        return problem.Line == 0 ? sentence : texts.Format("import.line", Number(problem.Line), sentence);
    }

    private Task ReportAsync(int read, int applied, int unchanged, int refused, ICommandOutput output) =>
        output.ResultAsync(
            texts.Format("import.report", Number(read), Number(applied), Number(unchanged), Number(refused))
        );

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
