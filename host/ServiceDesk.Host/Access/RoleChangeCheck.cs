using ServiceDesk.Core.Access;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Access;

/// <summary>Looks up what <see cref="RoleChanges"/> decides on.</summary>
public sealed class RoleChangeCheck(RoleHolding holding, IViewers viewers, KnownPermissions permissions) : IChangeCheck
{
    /// <inheritdoc/>
    public async Task<IReadOnlyCollection<ConfigurationProblem>> CheckAsync(
        ConfigurationSnapshot before,
        ConfigurationSnapshot after,
        IReadOnlyCollection<DocumentDifference> differences,
        ConfigurationAuthor author,
        CancellationToken cancellation
    )
    {
        var changed = differences.Where(difference => difference.Kind == DocumentKinds.Role).ToList();
        if (changed.Count == 0)
        {
            return [];
        }

        var by = author.Person is { } person ? await viewers.OfAsync(person, cancellation) : null;
        if (by is null && author.Person is not null)
        {
            // Whoever began it may not sign in any longer.
            return [new(DocumentKinds.Role, changed[0].Id, DocumentProblem.At("", "configuration.not-allowed"))];
        }

        var holders = new Dictionary<string, RoleHolders>(await holding.AllAsync(cancellation), StringComparer.Ordinal);
        foreach (var gone in changed.Where(difference => difference.After is null))
        {
            // Who does not manage people learns how many, not who.
            if (holders.TryGetValue(gone.Id, out var held) && (by is null || by.May(Permissions.ManagePeople)))
            {
                holders[gone.Id] = held with { Names = await holding.NamesAsync(gone.Id, cancellation) };
            }
        }

        var known = await permissions.AllAsync(cancellation);
        return [.. RoleChanges.Problems(before, after, new RoleFacts(by, known, holders))];
    }
}
