using System.Globalization;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Host.Duty;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Duty;

/// <summary>A person's absences with the form for a new one, drawn by <c>_Absences</c>.</summary>
/// <param name="Absences">Those that have not ended, with the name of who stands in.</param>
/// <param name="Inputs">The inputs of a new one.</param>
/// <param name="Errors">Why it was refused.</param>
public sealed record AbsenceForm(
    IReadOnlyList<(Absence Absence, string? Substitute)> Absences,
    IReadOnlyList<FieldInput> Inputs,
    FormErrors Errors
);

/// <summary>An absence as somebody typed it.</summary>
public sealed record TypedAbsence(string? From, string? To, string? Note, string? Substitute);

/// <summary>Enters and shows absences, for the person itself and for who manages people.</summary>
public sealed class AbsenceForms(IPeopleStore people, WorkForms work, IClock clock, ITexts texts)
{
    private static readonly string[] Names = ["from", "to", "note", "substitute"];

    /// <summary>The absences of a person, and a form for a new one.</summary>
    /// <param name="first">The first day, where the address that led here says one.</param>
    /// <param name="last">The last day.</param>
    public Task<AbsenceForm> DrawAsync(
        PersonId person,
        CancellationToken cancellation,
        string? first = null,
        string? last = null
    ) => DrawAsync(person, new TypedAbsence(Known(first), Known(last), "", ""), new FormErrors(texts), cancellation);

    /// <summary>Enters an absence.</summary>
    /// <returns>Null when it was taken; else the form that says why not.</returns>
    public async Task<AbsenceForm?> AddAsync(PersonId person, TypedAbsence typed, CancellationToken cancellation)
    {
        var errors = new FormErrors(texts);
        var (from, to) = (Day(typed.From), Day(typed.To));
        if (from is null)
        {
            errors.Add("from", "duty.day-missing");
        }

        if (to is null && !string.IsNullOrWhiteSpace(typed.To))
        {
            errors.Add("to", "duty.day-missing");
        }

        if (from is { } first && !errors.Any)
        {
            // One day needs to be written once only.
            var absence = new Absence(
                0,
                person,
                first,
                to ?? first,
                (typed.Note ?? "").Trim(),
                Person(typed.Substitute)
            );
            errors.Add(await work.CheckAsync(absence, cancellation), Names);
            if (!errors.Any && await people.AddAbsenceAsync(absence, cancellation) is not null)
            {
                return null;
            }
        }

        return await DrawAsync(person, typed, errors, cancellation);
    }

    private async Task<AbsenceForm> DrawAsync(
        PersonId person,
        TypedAbsence typed,
        FormErrors errors,
        CancellationToken cancellation
    )
    {
        // Yesterday too: where the person is, it may be yesterday still.
        var since = clock.GetCurrentInstant().InUtc().Date.PlusDays(-1);
        var found = await people.AbsencesAsync(person, since, cancellation);
        var names = await people.FindAsync(
            [.. found.Select(absence => absence.Substitute).OfType<PersonId>()],
            cancellation
        );
        var agents = (await work.AgentsAsync(cancellation)).Where(agent => agent.Id != person.ToString()).ToList();
        return new AbsenceForm(
            [.. found.Select(one => (one, one.Substitute is { } id ? names.GetValueOrDefault(id)?.Name : null))],
            [
                Input("from", FieldKind.Date, typed.From) with
                {
                    IsRequired = true,
                },
                Input("to", FieldKind.Date, typed.To) with
                {
                    Help = texts["duty.absence-to-help"],
                },
                Input("substitute", FieldKind.Choice, typed.Substitute) with
                {
                    Choices = agents,
                },
                Input("note", FieldKind.Text, typed.Note) with
                {
                    MaxLength = WorkForms.LongestNote,
                },
            ],
            errors
        );

        FieldInput Input(string name, FieldKind kind, string? value) =>
            new(name, texts[$"duty.absence-{name}"], kind) { Value = value ?? "", Error = errors[name] };
    }

    private static string Known(string? day) => Day(day) is { } known ? LocalDatePattern.Iso.Format(known) : "";

    private static LocalDate? Day(string? text) =>
        LocalDatePattern.Iso.Parse((text ?? "").Trim()) is { Success: true, Value: { Year: > 1900 and < 3000 } day }
            ? day
            : null;

    private static PersonId? Person(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new PersonId(id) : null;
}
