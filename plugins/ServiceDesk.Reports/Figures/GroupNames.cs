using System.Globalization;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Reports.Figures;

/// <summary>What people read for the words of groups.</summary>
public sealed class GroupNames(IConfigurationReader configuration, IPeople people, ITexts texts)
{
    /// <summary>The names of words, each beside its word.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(
        ReportGroup? group,
        IEnumerable<string> words,
        CancellationToken cancellation
    )
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            names[word] = await OfAsync(group, word, cancellation);
        }

        return names;
    }

    private async Task<string> OfAsync(ReportGroup? group, string word, CancellationToken cancellation)
    {
        if (group is null)
        {
            return string.Empty;
        }

        if (word.Length == 0)
        {
            return texts[group == ReportGroup.Assignee ? "reports.nobody" : "reports.none"];
        }

        var current = configuration.Current;
        return group switch
        {
            ReportGroup.Priority => texts[$"common.priority-{word}"],
            ReportGroup.Type => Named<TicketTypeDocument>(current, word),
            ReportGroup.Desk => Named<DeskDocument>(current, word),
            ReportGroup.RequestType => Named<RequestTypeDocument>(current, word),
            ReportGroup.Channel => texts[$"reports.channel.{word}"],
            _ => await OfIdentityAsync(group.Value, word, cancellation),
        };
    }

    private async Task<string> OfIdentityAsync(ReportGroup group, string word, CancellationToken cancellation)
    {
        if (!long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return word;
        }

        var name = group switch
        {
            ReportGroup.Team => (await people.FindTeamAsync(new TeamId(id), cancellation))?.Name,
            ReportGroup.Organization => (
                await people.FindOrganizationAsync(new OrganizationId(id), cancellation)
            )?.Name,
            _ => (await people.FindAsync(new PersonId(id), cancellation))?.Name,
        };
        return name ?? texts["reports.gone"];
    }

    private static string Named<TDocument>(IConfiguration configuration, string id)
        where TDocument : ConfigurationDocument =>
        configuration.TryGet<TDocument>(id, out var document) ? document.Name.ToString() : id;
}
