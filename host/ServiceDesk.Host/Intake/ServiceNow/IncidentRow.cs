using NodaTime;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Intake.ServiceNow;

/// <summary>A row of the log: the state of an incident after an update, in the product's words.</summary>
/// <param name="Line">The line of the file on which it begins; the header is 1.</param>
/// <param name="Number">Such as <c>INC0000045</c>.</param>
/// <param name="Modification">Counts the updates of the incident.</param>
/// <param name="Status">The id of the status; null when the file's state has none here.</param>
/// <param name="State">The state as the file calls it.</param>
/// <param name="Group">The name of the group; null when there is none.</param>
/// <param name="Assignee">The name of the agent; null when there is none.</param>
/// <param name="Fingerprint">A hash of the whole row, 16 characters.</param>
public sealed record IncidentRow(
    int Line,
    string Number,
    int Modification,
    string? Status,
    string State,
    Priority Priority,
    string? Impact,
    string? Urgency,
    string Caller,
    string? Group,
    string? Assignee,
    Instant OpenedAt,
    Instant UpdatedAt,
    Instant? ResolvedAt,
    Instant? ClosedAt,
    string Summary,
    string Description,
    string Fingerprint
);

/// <summary>Why a row is not taken.</summary>
/// <param name="Line">The line of the file; 0 for the file as a whole.</param>
/// <param name="Code">The text key of the sentence.</param>
/// <param name="Arguments">What fills its places.</param>
public sealed record RowProblem(int Line, string Code, IReadOnlyList<string> Arguments)
{
    public static RowProblem At(int line, string code, params string[] arguments) => new(line, code, arguments);
}

/// <summary>What a file holds.</summary>
/// <param name="RowsRead">Rows below the header that were begun, malformed ones included.</param>
/// <param name="Rows">Well-formed rows, in their order.</param>
/// <param name="Problems">What is malformed; when there is anything, nothing of the file is taken.</param>
public sealed record IncidentFile(int RowsRead, IReadOnlyList<IncidentRow> Rows, IReadOnlyList<RowProblem> Problems);
