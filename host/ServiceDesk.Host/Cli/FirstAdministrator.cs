using ServiceDesk.Host.Cli.Control;
using ServiceDesk.Host.Startup.Setup;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Cli;

/// <summary>
/// An installation without people offers its first administrator's place to whoever sees its console: there is no default
/// login. The link goes to the console, never to the log; a new start makes a new one, and the old one no longer works.
/// </summary>
public static class FirstAdministrator
{
    /// <summary>Makes the link, before the server listens: what needs the database then is over.</summary>
    /// <returns>Its secret; null when there are people already.</returns>
    public static async Task<string?> MakeLinkAsync(WebApplication app, CancellationToken cancellation)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<IPeopleStore>();
        if (await people.CountAsync(new PeopleFilter { OnlyActive = false }, cancellation) > 0)
        {
            return null;
        }

        var setup = scope.ServiceProvider.GetRequiredService<AccountSetup>();
        return await setup.NewLinkAsync(OneTimePurpose.FirstAdministrator, person: null, by: null, cancellation);
    }

    /// <summary>Shows the link with the address at which the server listens now.</summary>
    public static async Task OfferAsync(WebApplication app, string token, TextWriter output)
    {
        var address = HostOptions.Reachable(app.ServerFeatures().Addresses.First());
        await output.WriteLineAsync(CliTexts.Get("cli.first-administrator", $"{AccountSetup.Validity.TotalDays:0}"));
        await output.WriteLineAsync(address.TrimEnd('/') + AccountSetup.PathOf(token));
        await output.FlushAsync();
    }
}
