using ServiceDesk.Core.Access;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.People;

/// <summary><see cref="Acquaintances"/> in SQL.</summary>
internal static class AcquaintanceFilter
{
    /// <summary>The people who are known; all when nobody looks in particular.</summary>
    public static IQueryable<PersonRow> KnownTo(
        this IQueryable<PersonRow> people,
        ServiceDeskDb db,
        Acquaintances? known
    )
    {
        if (known is null or { Everybody: true })
        {
            return people;
        }

        var self = known.Self.Value;
        var roles = known.Roles.ToArray();
        var organizations = db.Organizations.KnownTo(known).Select(one => one.Id);
        return people.Where(person =>
            person.Id == self
            || roles.Contains(person.Role)
            || person.Memberships.Any(membership => organizations.Contains(membership.OrganizationId))
        );
    }

    /// <summary>The organizations that are known; all when nobody looks in particular.</summary>
    public static IQueryable<OrganizationRow> KnownTo(
        this IQueryable<OrganizationRow> organizations,
        Acquaintances? known
    )
    {
        if (known is null or { Everybody: true })
        {
            return organizations;
        }

        var ids = known.Organizations.Select(id => id.Value).ToArray();
        var keys = known.OrganizationKeys.ToArray();
        return organizations.Where(one => ids.Contains(one.Id) || keys.Contains(one.Key));
    }
}
