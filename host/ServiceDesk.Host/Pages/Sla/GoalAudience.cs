using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Sla;

/// <summary>
/// Says for customers which requests a goal is for. Queries are internal: of one that asks for priority, kind of request or
/// desk alone the names are told, of any other only that it is for certain requests.
/// </summary>
public sealed class GoalAudience(ITexts texts, ICurrentConfiguration configuration)
{
    /// <summary>Which requests, in words.</summary>
    /// <param name="query">The goal's query.</param>
    /// <param name="isLast">Whether it is the last of several, for what no goal before it is for.</param>
    public string Write(string query, bool isLast)
    {
        if (string.IsNullOrWhiteSpace(query))
        {
            return texts[isLast ? "sla.goal-others" : "sla.goal-all"];
        }

        return QueryParser.TryParse(query, out var syntax, out _) && Words(syntax.Filter) is { } words
            ? words
            : texts["sla.goal-certain"];
    }

    private string? Words(ConditionSyntax? condition) =>
        condition switch
        {
            AndSyntax all
                when all.Parts.Select(Words).ToList() is var parts && parts.TrueForAll(part => part is not null) =>
                string.Join(" · ", parts),
            ComparisonSyntax { Operator: QueryOperator.Equal or QueryOperator.In, Subject.Argument: null } one
                when one.Values.Select(value => Name(one.Subject.Name, value)).ToList() is var names
                    && names.TrueForAll(name => name is not null) => string.Join(", ", names),
            _ => null,
        };

    private string? Name(string subject, ValueSyntax value) =>
        value.Arguments is not null
            ? null
            : subject.ToLowerInvariant() switch
            {
                "priority" when Enum.TryParse<Priority>(value.Text, ignoreCase: true, out var priority) => texts[
                    $"common.priority-{priority.ToString().ToLowerInvariant()}"
                ],
                "type" => NameOf<TicketTypeDocument>(value.Text),
                "requesttype" => NameOf<RequestTypeDocument>(value.Text),
                "desk" => NameOf<DeskDocument>(value.Text),
                _ => null,
            };

    private string? NameOf<T>(string id)
        where T : ConfigurationDocument =>
        configuration.Snapshot.TryGet<T>(id, out var document) ? document.Name.ToString() : null;
}
