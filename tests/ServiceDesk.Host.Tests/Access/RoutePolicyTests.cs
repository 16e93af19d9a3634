using ServiceDesk.Host.Access;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Access;

/// <summary>Every route of the running table names who may use it: a policy, or an approved "anyone".</summary>
public sealed class RoutePolicyTests(SmallCompany company) : IClassFixture<SmallCompany>
{
    /// <summary>Addresses that people reach before they are signed in, and what a browser or a machine needs there.</summary>
    private static readonly HashSet<string> ApprovedForAnyone = new(StringComparer.Ordinal)
    {
        "/",
        "/account/preferences",
        "/account/setup",
        "/account/sign-out",
        "/design",
        "/brand/{name}",
        "/error/{status:int}",
        "/health/live",
        "/health/ready",
        "/openapi/{documentName}.json",
        "/portal/open",
        "/portal/open/{desk}/{requestType}",
        "/sign-in",
    };

    [Fact]
    public void Every_route_names_a_policy_or_is_approved_for_anyone()
    {
        var routes = company.Get<RouteTable>().All();

        Assert.Contains(routes, route => route.Pattern.StartsWith("/workspace", StringComparison.Ordinal));
        Assert.Empty(Violations(routes));
        // An address that is no more must not stand ready for whoever comes next.
        Assert.Empty(ApprovedForAnyone.Except(routes.Where(one => one.AllowsAnonymous).Select(one => one.Pattern)));
    }

    [Fact]
    public void A_planted_route_without_a_policy_or_open_without_approval_is_found() =>
        Assert.Equal(
            ["/planted is open to anyone without approval", "/planted names no policy", "/planted names no policy"],
            Violations([
                new TabledRoute("/planted", [], [], AllowsAnonymous: true),
                new TabledRoute("/planted", [], [], AllowsAnonymous: false),
                new TabledRoute("/planted", [], [""], AllowsAnonymous: false),
                new TabledRoute("/planted", [], [Policies.SignedIn], AllowsAnonymous: false),
            ])
        );

    private static IEnumerable<string> Violations(IEnumerable<TabledRoute> routes) =>
        routes
            .Select(route =>
                route.AllowsAnonymous
                    ? ApprovedForAnyone.Contains(route.Pattern)
                        ? null
                        : $"{route.Pattern} is open to anyone without approval"
                    : route.Policies.All(string.IsNullOrEmpty)
                        ? $"{route.Pattern} names no policy"
                        : null
            )
            .OfType<string>();
}
