using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Access;

/// <summary>What follows for people when a role is published.</summary>
/// <param name="Given">What it gives that it did not.</param>
/// <param name="Taken">What it no longer gives.</param>
/// <param name="Own">What of that whoever publishes it then may no longer himself.</param>
/// <param name="Lost">What of that he cannot give back himself either.</param>
/// <param name="BeginsWork">Whether those who have it become agents.</param>
/// <param name="EndsWork">Whether they are agents no longer.</param>
public sealed record RoleConsequences(
    ValueList<string> Given,
    ValueList<string> Taken,
    ValueList<string> Own,
    ValueList<string> Lost,
    bool BeginsWork,
    bool EndsWork
)
{
    /// <summary>Whether nothing follows.</summary>
    public bool IsNone => Given.Count + Taken.Count == 0;

    /// <summary>What follows.</summary>
    /// <param name="before">As it is published; null for a new role.</param>
    /// <param name="by">Who publishes it.</param>
    /// <param name="afterwards">The configuration with the role in it.</param>
    public static RoleConsequences Of(RoleDocument? before, RoleDocument after, Viewer by, IConfiguration afterwards)
    {
        var had = before?.Permissions ?? [];
        var taken = had.Except(after.Permissions).ToValueList();
        var own = by.Person.Role == after.Id ? taken : [];
        var then = by with { Permissions = after.Permissions };
        return new RoleConsequences(
            after.Permissions.Except(had).ToValueList(),
            taken,
            own,
            own.Where(permission => !RoleChanges.MayHandOut(then, permission, afterwards)).ToValueList(),
            Works(after.Permissions) && !Works(had),
            Works(had) && !Works(after.Permissions)
        );
    }

    private static bool Works(ValueList<string> permissions) => permissions.Contains(Permissions.WorkTickets);
}
