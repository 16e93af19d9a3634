using ServiceDesk.Core.Access;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Access;

/// <summary>Who has which role.</summary>
public sealed class RoleHolding(IPeopleStore people, IInvitations invitations)
{
    private const int Named = 5;

    /// <summary>How many have each role, by its id; one that nobody has is left out.</summary>
    public async Task<IReadOnlyDictionary<string, RoleHolders>> AllAsync(CancellationToken cancellation)
    {
        var invited = await invitations.CountByRoleAsync(cancellation);
        var holders = invited.ToDictionary(
            role => role.Key,
            role => RoleHolders.None with { Invited = role.Value },
            StringComparer.Ordinal
        );
        foreach (var (role, count) in await people.CountByRoleAsync(cancellation))
        {
            holders[role] = holders.GetValueOrDefault(role, RoleHolders.None) with
            {
                Active = count.Active,
                SigningIn = count.SigningIn,
                Others = count.Others,
            };
        }

        return holders;
    }

    /// <summary>The first who have the role, by name.</summary>
    public async Task<ValueList<string>> NamesAsync(string role, CancellationToken cancellation)
    {
        var filter = new PeopleFilter { Roles = [role], OnlyActive = false };
        return (await people.ListAsync(filter, Named, cancellation: cancellation))
            .Items.Select(person => person.Name)
            .ToValueList();
    }
}
