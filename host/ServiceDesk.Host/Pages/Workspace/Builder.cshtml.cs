using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Queues;
using ServiceDesk.Host.Queries;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>
/// The builder of queries: draws a text as rows, or says that rows cannot show it, and draws its own rows anew with the text
/// that they write. It changes nothing; the editor around it keeps the text.
/// </summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class BuilderModel(QueryLanguage language, ICurrentConfiguration configuration, ITexts texts) : PageModel
{
    /// <summary>The rows; null where rows cannot show the text.</summary>
    public BuilderView? View { get; private set; }

    /// <summary>What is wrong with the text, so that it cannot be read.</summary>
    public string? Mistake { get; private set; }

    private QueryScope Scope => QueryScope.Of(HttpContext.RequireViewer(), configuration.Snapshot);

    private QueryCatalog Catalog => language.Catalog(configuration.Snapshot);

    /// <param name="q">The text to be shown as rows; without it the rows are those of the request.</param>
    public void OnGet(string? q)
    {
        if (Request.Query.ContainsKey("b.any"))
        {
            View = BuilderView.Posted(Request.Query, Catalog, Scope);
            return;
        }

        View = BuilderView.Of(q ?? "", Catalog, Scope);
        Mistake = QueryParser.TryParse(q ?? "", out _, out var error)
            ? null
            : texts.Format(error.Code, [.. error.Arguments]);
    }

    /// <summary>The fields that the builder offers, by their names.</summary>
    public IEnumerable<(string Name, string Label)> Fields =>
        Catalog
            .Fields.Where(one => Scope.MayName(one) && BuilderRow.OperatorsOf(one).Any())
            .Select(one => (one.Name, Label: LabelOf(one)))
            .OrderBy(one => one.Label, StringComparer.CurrentCulture);

    /// <summary>The name of a field in the reader's language.</summary>
    public string LabelOf(QueryField field) =>
        field.Label?.ToString()
        ?? (QueryHelp.IsSystem(field) ? texts[$"query-builder.field-{field.Name.ToLowerInvariant()}"] : field.Name);

    /// <summary>The name of an operator, as it fits the field.</summary>
    public string LabelOf(QueryOperator @operator, QueryField field)
    {
        var isTime = field.Kind is QueryValueKind.Moment or QueryValueKind.Date;
        var key = $"query-builder.operator-{@operator.ToString().ToLowerInvariant()}";
        return texts[
            isTime && @operator is >= QueryOperator.Less and <= QueryOperator.GreaterOrEqual ? key + "-time" : key
        ];
    }

    /// <summary>The choices of a field by their names; those of desks that the reader does not know are left out.</summary>
    public IEnumerable<(string Id, string Label)> ChoicesOf(QueryField field) =>
        field.Kind == QueryValueKind.Flag
            ? [("true", texts["common.yes"]), ("false", texts["common.no"])]
            : field.Choices.Where(Scope.MayName).Select(choice => (choice.Id, LabelOf(field, choice)));

    /// <summary>What may be typed as a value.</summary>
    public static IEnumerable<string> OffersOf(QueryField field) =>
        field.Kind switch
        {
            QueryValueKind.Person => [ValueFunctions.CurrentUser],
            QueryValueKind.Team => [ValueFunctions.MyTeams],
            QueryValueKind.Organization => [ValueFunctions.MyOrganizations],
            QueryValueKind.Moment or QueryValueKind.Date =>
            [
                "-1d",
                "-7d",
                "-30d",
                "startOfDay()",
                "startOfWeek()",
                "startOfMonth()",
                "now()",
            ],
            QueryValueKind.Remaining => ["0m", "30m", "1h", "4h", "1d"],
            _ => [],
        };

    private string LabelOf(QueryField field, QueryChoice choice) =>
        field.Name switch
        {
            "priority" => texts[$"common.priority-{choice.Id}"],
            "category" => texts[$"workflow.category-{choice.Id}"],
            "channel" => texts[$"workspace.channel-{choice.Id}"],
            _ => choice.Names.Count > 0 ? choice.Names[0].ToString() : choice.Id,
        };
}
