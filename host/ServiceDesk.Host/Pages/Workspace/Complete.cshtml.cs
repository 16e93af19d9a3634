using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Completion;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Plugins.Isolation;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Storage.Queries;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>What may be written at the caret of a query, and what is already wrong before it. For the editor of queries.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed partial class CompleteModel(
    QuerySuggestions suggestions,
    PluginSuggestions plugins,
    QueryLanguage language,
    ICurrentConfiguration configuration
) : PageModel
{
    private const int Most = 12;

    /// <summary>What is written.</summary>
    public string Text { get; private set; } = "";

    public Completion Completion { get; private set; } = null!;

    /// <summary>What is wrong, where it is not merely unfinished.</summary>
    public QueryError? Mistake { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? q, int? caret, CancellationToken cancellation)
    {
        Text = q ?? "";
        var at = Math.Clamp(caret ?? Text.Length, 0, Text.Length);
        var viewer = HttpContext.RequireViewer();
        var found = await plugins.WithAsync(
            await suggestions.AtAsync(viewer, Text, at, cancellation),
            viewer,
            cancellation
        );
        Completion = found with { Suggestions = [.. found.Suggestions.Take(Most)] };
        Mistake = FindMistake();
        return Page();
    }

    /// <summary>The icon of a kind of suggestion.</summary>
    public static string IconOf(SuggestionKind kind) =>
        kind switch
        {
            SuggestionKind.Field => "tag",
            SuggestionKind.Operator => "equal",
            SuggestionKind.Function => "math",
            SuggestionKind.Keyword => "code",
            SuggestionKind.Person => "user",
            SuggestionKind.Team => "users-group",
            SuggestionKind.Organization => "building",
            _ => "circle-dot",
        };

    // Nobody wants to be told off in the middle of a word: only what stands wholly before it counts, and what is wrong there
    // is told although the rest is unfinished.
    private QueryError? FindMistake()
    {
        if (!FilterQuery.IsQuery(Text))
        {
            return null;
        }

        var before = Text[..Completion.Start].TrimEnd();
        var finished = Conjunction().Match(before) is { Success: true } last ? before[..last.Index] : Text;
        return
            language.CheckQuery(finished, HttpContext.RequireViewer(), configuration.Snapshot) is { } error
            && error.Start < before.Length
            && error.Start + error.Length <= before.Length
            ? error
            : null;
    }

    [GeneratedRegex(
        @"\s(?:AND|OR)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Conjunction();
}
