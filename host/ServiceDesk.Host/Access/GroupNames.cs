using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Access;

/// <summary>Names of the organizations and teams that stand in fields.</summary>
public static class GroupNames
{
    /// <summary>The names by value; of one that is not known any more there is none. Asks nothing when no value is of such a kind.</summary>
    public static async ValueTask<IReadOnlyDictionary<FieldValue, string>> GroupNamesAsync(
        this IPeople people,
        IEnumerable<FieldValue?> values,
        CancellationToken cancellation
    )
    {
        var names = new Dictionary<FieldValue, string>();
        foreach (var value in values.OfType<FieldValue>().Distinct())
        {
            var name = value switch
            {
                OrganizationValue { Organization: var id } => (
                    await people.FindOrganizationAsync(id, cancellation)
                )?.Name,
                TeamValue { Team: var id } => (await people.FindTeamAsync(id, cancellation))?.Name,
                _ => null,
            };
            if (name is not null)
            {
                names[value] = name;
            }
        }

        return names;
    }
}
