using NodaTime;
using ServiceDesk.Host.Intake.Branching;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Api.Answers;

/// <summary>What a move would make of a ticket.</summary>
public sealed record MovePreviewAnswer
{
    /// <summary>The desk there.</summary>
    public required string Desk { get; init; }

    /// <summary>The ticket type there.</summary>
    public required string Type { get; init; }

    /// <summary>The status there; null when the one that was asked for is not possible.</summary>
    public required string? Status { get; init; }

    /// <summary>The statuses that can be chosen.</summary>
    public required IReadOnlyList<string> Statuses { get; init; }

    /// <summary>What becomes of each filled field.</summary>
    public required IReadOnlyList<MovedFieldAnswer> Fields { get; init; }

    /// <summary>Ids of fields that are needed there and still empty.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Whether who works on it does not work there.</summary>
    public required bool LosesAssignee { get; init; }

    /// <summary>Whether the team does not work there.</summary>
    public required bool LosesTeam { get; init; }

    /// <summary>What becomes of promises; null when the move is refused for more than empty fields.</summary>
    public required IReadOnlyList<MovedClockAnswer>? Clocks { get; init; }

    /// <summary>Why the move would be refused.</summary>
    public required IReadOnlyList<RefusalAnswer> Refusals { get; init; }

    internal static MovePreviewAnswer Of(MovePreview preview, ITexts texts) =>
        new()
        {
            Desk = preview.Desk.Id,
            Type = preview.Type.Id,
            Status = preview.Status?.Id,
            Statuses = [.. preview.Statuses.Select(status => status.Id)],
            Fields =
            [
                .. preview.Fields.Select(field => new MovedFieldAnswer(
                    field.Id,
                    field.Value,
                    field.To,
                    [.. field.Takers.Select(taker => taker.Id)]
                )),
            ],
            Missing = [.. preview.Missing.Select(field => field.Id)],
            LosesAssignee = preview.LosesAssignee,
            LosesTeam = preview.LosesTeam,
            Clocks = preview.Clocks is null
                ? null
                :
                [
                    .. preview.Clocks.Select(clock => new MovedClockAnswer(
                        clock.Metric,
                        clock.Fate,
                        clock.After?.Status,
                        clock.Before?.DueAt,
                        clock.After?.DueAt
                    )),
                ],
            Refusals =
            [
                .. preview.Refusals.Select(refusal => new RefusalAnswer(
                    refusal.Code,
                    texts.Say(refusal),
                    refusal.Field
                )),
            ],
        };
}

/// <summary>What becomes of a field's value.</summary>
/// <param name="Field">The field that holds it now.</param>
/// <param name="Value">What it holds.</param>
/// <param name="To">The field there that takes it; null when it is dropped.</param>
/// <param name="Takers">The fields there that could take it.</param>
public sealed record MovedFieldAnswer(string Field, FieldValue Value, string? To, IReadOnlyList<string> Takers);

/// <summary>What becomes of a promise.</summary>
/// <param name="Metric">The metric's id.</param>
/// <param name="Fate">What becomes of it.</param>
/// <param name="Status">Its status after; null when it is gone.</param>
/// <param name="DueBefore">When it was due before; null while it stands still.</param>
/// <param name="DueAfter">When it is due after; null while it stands still.</param>
public sealed record MovedClockAnswer(
    string Metric,
    ClockFate Fate,
    ClockStatus? Status,
    Instant? DueBefore,
    Instant? DueAfter
);

/// <summary>A reason against something.</summary>
/// <param name="Code">What kind, for programs.</param>
/// <param name="Detail">The sentence, in the language of the request.</param>
/// <param name="Field">What it is about; null for the whole.</param>
public sealed record RefusalAnswer(string Code, string Detail, string? Field);
