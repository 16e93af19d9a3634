using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Reports.Figures;

/// <summary>By what of every ticket figures are told apart; each is a column of the facts.</summary>
public enum ReportGroup
{
    /// <summary>Priority.</summary>
    Priority = 1,

    /// <summary>Ticket type.</summary>
    Type = 2,

    /// <summary>Desk.</summary>
    Desk = 3,

    /// <summary>Request type.</summary>
    RequestType = 4,

    /// <summary>The agent who has it.</summary>
    Assignee = 5,

    /// <summary>The team that has it.</summary>
    Team = 6,

    /// <summary>The customer's organization.</summary>
    Organization = 7,

    /// <summary>By which way it came in.</summary>
    Channel = 8,
}

/// <summary>By what a report tells its figures apart: something of every ticket, or an own field.</summary>
/// <param name="Column">What every ticket has; null for a field.</param>
/// <param name="Field">The field's id; null for the other.</param>
public sealed record Grouping(ReportGroup? Column, string? Field)
{
    private const string FieldPrefix = "field:";

    /// <summary>Of a report; null when it tells nothing apart.</summary>
    public static Grouping? Of(ReportDocument report) =>
        report.GroupBy switch
        {
            null => null,
            var name when name.StartsWith(FieldPrefix, StringComparison.Ordinal) => new Grouping(
                null,
                name[FieldPrefix.Length..]
            ),
            var name => Enum.GetValues<ReportGroup>().Where(group => Word(group) == name).ToArray() is [var group]
                ? new Grouping(group, null)
                : null,
        };

    /// <summary>How documents write a group.</summary>
    public static string Word(ReportGroup group) =>
        group == ReportGroup.RequestType ? "request-type" : group.ToString().ToLowerInvariant();

    /// <summary>How documents write a field.</summary>
    public static string Word(FieldDocument field) => FieldPrefix + field.Id;
}
