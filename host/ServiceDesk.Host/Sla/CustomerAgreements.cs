using ServiceDesk.Core.Sla;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;

namespace ServiceDesk.Host.Sla;

/// <summary>The agreements that a customer may read: published, promised to customers, and to everyone or to an organization of the customer.</summary>
public sealed class CustomerAgreements(ICurrentConfiguration configuration, IPeople people)
{
    /// <summary>They, in the order in which they are tried.</summary>
    public async Task<IReadOnlyList<SlaPolicyDocument>> OfAsync(Viewer viewer, CancellationToken cancellation)
    {
        var published = SlaPolicies
            .InOrder(configuration.Snapshot)
            .Where(policy => policy is { Type: AgreementType.Sla, Published: not null })
            .ToList();
        if (published.TrueForAll(policy => policy.Published!.Everyone))
        {
            return published;
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in viewer.Person.Organizations)
        {
            if (await people.FindOrganizationAsync(id, cancellation) is { } organization)
            {
                keys.Add(organization.Key);
            }
        }

        return
        [
            .. published.Where(policy =>
                policy.Published!.Everyone || policy.Published.Organizations.Any(keys.Contains)
            ),
        ];
    }
}
