using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Access;

/// <summary>Which roles somebody may give and take: nobody lifts another one, or reaches over one, who may more than he does himself.</summary>
public static class RoleGrants
{
    /// <summary>Whether the giver may everything that the role may.</summary>
    public static bool Covers(Viewer giver, RoleDocument role) => role.Permissions.All(giver.May);

    /// <summary>Whether there is the role, and it may something that the giver may not.</summary>
    public static bool IsAbove(Viewer giver, string role, IConfiguration configuration) =>
        configuration.TryGet<RoleDocument>(role, out var found) && !Covers(giver, found);
}
