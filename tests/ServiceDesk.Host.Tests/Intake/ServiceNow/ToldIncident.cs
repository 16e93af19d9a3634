using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace ServiceDesk.Host.Tests.Intake.ServiceNow;

/// <summary>An incident as the lines of a log tell it, read by the test alone: its last word, and when it was solved first.</summary>
internal sealed record ToldIncident(
    string Number,
    string Requester,
    string Status,
    string Priority,
    string? Team,
    string? Assignee,
    Instant OpenedAt,
    Instant? ResolvedAt,
    Instant? ClosedAt,
    Instant? SolvedFirst,
    int Refused
)
{
    private static readonly LocalDateTimePattern Pattern = LocalDateTimePattern.CreateWithInvariantCulture(
        "dd-MM-yyyy HH:mm"
    );

    public bool IsDone => Status is "resolved" or "closed";

    /// <summary>The incidents of a log.</summary>
    public static IReadOnlyList<ToldIncident> Read(IReadOnlyList<string> lines)
    {
        var columns = lines[0].Split(',');
        return
        [
            .. lines
                .Skip(1)
                .Select(line =>
                    columns.Zip(line.Split(',')).ToDictionary(cell => cell.First, cell => cell.Second, null)
                )
                .GroupBy(row => row["number"])
                .Select(Of),
        ];
    }

    /// <summary>The lines of a log without those that tell the end of every fourth incident: these are still worked on.</summary>
    public static IReadOnlyList<string> WithSomeOpen(IReadOnlyList<string> lines)
    {
        var kept = new List<string> { lines[0] };
        foreach (
            var (incident, index) in lines.Skip(1).GroupBy(line => line.Split(',')[0]).Select((one, i) => (one, i))
        )
        {
            var open = incident.TakeWhile(line => line.Split(',')[1] is not ("Resolved" or "Closed")).ToList();
            kept.AddRange(index % 4 == 0 && open.Count > 0 ? open : incident);
        }

        return kept;
    }

    private static ToldIncident Of(IGrouping<string, Dictionary<string, string>> rows)
    {
        var taken = new List<Dictionary<string, string>>();
        foreach (var row in rows.OrderBy(row => At(row, "sys_updated_at")).ThenBy(Modification))
        {
            if (taken.Count == 0 || Modification(row) >= Modification(taken[^1]))
            {
                taken.Add(row);
            }
        }

        var last = taken[^1];
        var status = Word(last["incident_state"]);
        return new ToldIncident(
            rows.Key,
            last["caller_id"],
            status,
            PriorityOf(last["priority"]),
            Name(last["assignment_group"]),
            Name(last["assigned_to"]),
            At(last, "opened_at")!.Value,
            status is "resolved" or "closed" ? At(last, "resolved_at") : null,
            status == "closed" ? At(last, "closed_at") : null,
            taken.Find(row => row["incident_state"] is "Resolved" or "Closed") is { } solved
                ? At(solved, "sys_updated_at")
                : null,
            rows.Count() - taken.Count
        );
    }

    private static int Modification(Dictionary<string, string> row) =>
        int.Parse(row["sys_mod_count"], CultureInfo.InvariantCulture);

    private static string? Name(string cell) => cell == "?" ? null : cell;

    private static Instant? At(Dictionary<string, string> row, string column) =>
        row[column] == "?" ? null : Pattern.Parse(row[column]).Value.InUtc().ToInstant();

    private static string Word(string state) =>
        state switch
        {
            "New" => "new",
            "Active" => "in-progress",
            "Awaiting User Info" or "Awaiting Evidence" => "waiting-for-customer",
            "Awaiting Problem" => "waiting-for-problem",
            "Awaiting Vendor" => "waiting-for-supplier",
            _ => state.ToLowerInvariant(),
        };

    private static string PriorityOf(string cell) =>
        cell[0] switch
        {
            '1' => "critical",
            '2' => "high",
            '3' => "medium",
            _ => "low",
        };
}
