using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using ServiceDesk.Crm.Records;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Pages;

/// <summary>An input of a form.</summary>
/// <param name="Name">Its name, as refusals name it.</param>
/// <param name="Label">The end of its text key: <c>crm.field.name</c>.</param>
public sealed record CrmInput(string Name, string Label, string Value)
{
    /// <summary>What is wrong with it.</summary>
    public string? Error { get; init; }

    /// <summary>The end of the text key of a sentence below it; null for none.</summary>
    public string? Help { get; init; }

    /// <summary>Whether it must be filled.</summary>
    public bool Required { get; init; }

    /// <summary><c>text</c>, <c>date</c>, <c>email</c>, <c>number</c>, <c>area</c>, <c>check</c> or <c>select</c>.</summary>
    public string Kind { get; init; } = "text";

    /// <summary>The longest value.</summary>
    public int Longest { get; init; } = 200;

    /// <summary>What can be chosen, with words.</summary>
    public IReadOnlyList<(string Value, string Words)> Options { get; init; } = [];
}

/// <summary>What the plugin's pages have in common: who looks, refusals beside the inputs, and days and amounts in words.</summary>
public abstract class CrmPageModel(ITexts texts) : PageModel
{
    private readonly Dictionary<string, string> wrong = new(StringComparer.Ordinal);

    /// <summary>Who looks.</summary>
    public Viewer Viewer => HttpContext.CurrentViewer()!;

    /// <summary>Whether the viewer may change records.</summary>
    public bool MayEdit => Viewer.May(CrmPlugin.EditPermission);

    /// <summary>Why nothing changed, where no input is at fault.</summary>
    public IReadOnlyList<string> Refusals { get; private set; } = [];

    /// <summary>The sentences of the plugin.</summary>
    protected ITexts Words => texts;

    /// <summary>What is wrong with an input; null for nothing.</summary>
    public string? Wrong(string name) => wrong.GetValueOrDefault(name);

    /// <summary>What is wrong with inputs.</summary>
    public bool IsWrong => wrong.Count > 0;

    /// <summary>A value that was typed; null when the form was not sent.</summary>
    protected string? Typed(string name) => Request.HasFormContentType ? Request.Form[name].ToString() : null;

    /// <summary>A box that was ticked.</summary>
    protected bool Ticked(string name) => Typed(name) == "true";

    /// <summary>An address of the plugin's pages.</summary>
    public string At(string path) => Url.Content($"~/plugins/crm/{path}");

    /// <summary>An instant as the reader reads it.</summary>
    public string Moment(long ticks)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(Viewer.Person.Zone) ?? DateTimeZone.Utc;
        return Instant.FromUnixTimeTicks(ticks).InZone(zone).ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>The word of a value: <c>crm.state.active</c>.</summary>
    public string Word(string kind, Enum value) => texts[$"crm.{kind}.{value.ToString().ToLowerInvariant()}"];

    /// <summary>An amount of a budget with its unit.</summary>
    public string Amount(BudgetUnit unit, long amount) => CrmShown.Amount(texts, unit, amount);

    /// <summary>The page again, with every refusal in its place.</summary>
    protected IActionResult Refuse(ValueList<Refusal> refusals)
    {
        var general = new List<string>();
        foreach (var refusal in refusals)
        {
            var sentence = texts.Say(refusal);
            if (refusal.Field is { } field)
            {
                wrong.TryAdd(field, sentence);
            }
            else
            {
                general.Add(sentence);
            }
        }

        Refusals = general;
        Response.StatusCode = RefusedResult.StatusOf(refusals[0]);
        return Page();
    }

    /// <summary>A table for spreadsheets.</summary>
    protected FileContentResult Sheet(
        string name,
        IEnumerable<string> headers,
        IEnumerable<IEnumerable<string?>> lines
    ) => File(Import.CsvWriting.Write(headers, lines), "text/csv; charset=utf-8", $"{name}.csv");
}

/// <summary>Values in words.</summary>
public static class CrmShown
{
    /// <summary>An amount of a budget with its unit.</summary>
    public static string Amount(ITexts texts, BudgetUnit unit, long amount)
    {
        if (unit == BudgetUnit.Tickets)
        {
            return texts.Format(amount == 1 ? "crm.amount.ticket" : "crm.amount.tickets", Amounts.Write(unit, amount));
        }

        var sign = amount < 0 ? "−" : "";
        var (hours, minutes) = ($"{sign}{Math.Abs(amount) / 60}", $"{Math.Abs(amount) % 60}");
        return (Math.Abs(amount) / 60, Math.Abs(amount) % 60) switch
        {
            (_, 0) => texts.Format("crm.amount.hours", hours),
            (0, _) => texts.Format("crm.amount.minutes", sign + minutes),
            _ => texts.Format("crm.amount.hours-minutes", hours, minutes),
        };
    }

    /// <summary>The colour of a contract's state.</summary>
    public static string ToneOf(ContractState state) =>
        state switch
        {
            ContractState.Active => "tone-green",
            ContractState.Draft => "tone-blue",
            ContractState.Expired => "tone-amber",
            _ => "tone-gray",
        };

    /// <summary>The colour of a budget.</summary>
    public static string ToneOf(BudgetLevel level) =>
        level switch
        {
            BudgetLevel.Spent => "tone-red",
            BudgetLevel.Warned => "tone-amber",
            _ => "tone-green",
        };
}
