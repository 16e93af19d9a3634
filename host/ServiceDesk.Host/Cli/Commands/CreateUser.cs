using Microsoft.AspNetCore.Identity;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Startup.Setup;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Cli.Commands;

/// <summary><c>user create</c>: prints the new person's id alone; without a password, a link to set one goes beside it.</summary>
public sealed class CreateUser(
    IPeopleStore people,
    AccountSetup setup,
    IPasswordHasher<PersonRow> hasher,
    ICurrentConfiguration configuration,
    ITexts texts,
    HostOptions options
) : IHostCommand
{
    public string Name => "user create";

    public async Task<int> RunAsync(
        CommandRequest request,
        Stream input,
        ICommandOutput output,
        CancellationToken cancellation
    )
    {
        var role = request.Get("role");
        if (!configuration.Snapshot.TryGet<RoleDocument>(role, out _))
        {
            var known = configuration.Snapshot.All<RoleDocument>().Select(document => document.Id);
            await output.NoteAsync(CliTexts.Get("cli.role-unknown", role, string.Join(", ", known)));
            return ExitCodes.Refused;
        }

        var password = request.Find("password");
        var refusals = password is null ? [] : Passwords.Check(password);
        if (refusals.Count == 0)
        {
            var hash = password is null ? null : Passwords.Hash(hasher, password);
            var creation = new PersonCreation(people);
            (var person, refusals) = await creation.CreateAsync(
                request.Get("name"),
                request.Get("email"),
                role,
                hash,
                cancellation
            );
            if (person is not null)
            {
                await output.ResultAsync(person.Id.ToString());
                return password is null ? await OfferPasswordAsync(person.Id, output, cancellation) : ExitCodes.Done;
            }
        }

        foreach (var refusal in refusals)
        {
            await output.NoteAsync(texts.Say(refusal));
        }

        return ExitCodes.Refused;
    }

    private async Task<int> OfferPasswordAsync(
        Sdk.Tickets.PersonId person,
        ICommandOutput output,
        CancellationToken cancellation
    )
    {
        var token = await setup.NewLinkAsync(OneTimePurpose.SetPassword, person, by: null, cancellation);
        var link = options.PublicUrl.TrimEnd('/') + AccountSetup.PathOf(token);
        await output.NoteAsync(CliTexts.Get("cli.password-link", $"{AccountSetup.Validity.TotalDays:0}"));
        await output.NoteAsync(link);
        return ExitCodes.Done;
    }
}
