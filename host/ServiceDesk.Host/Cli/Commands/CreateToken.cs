using System.Globalization;
using ServiceDesk.Host.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Access;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Cli.Commands;

/// <summary><c>token create</c>: prints the secret of a new token, alone.</summary>
public sealed class CreateToken(IPeopleStore people, ITokenStore tokens) : IHostCommand
{
    public string Name => "token create";

    public async Task<int> RunAsync(
        CommandRequest request,
        Stream input,
        ICommandOutput output,
        CancellationToken cancellation
    )
    {
        var user = request.Get("user").Trim();
        if (await FindAsync(user, cancellation) is not { IsActive: true } person)
        {
            await output.NoteAsync(CliTexts.Get("cli.user-unknown", user));
            return ExitCodes.Refused;
        }

        var name = request.Get("name").Trim();
        if (name.Length is 0 or > 100 || name.Any(char.IsControl))
        {
            await output.NoteAsync(CliTexts.Get("cli.token-name"));
            return ExitCodes.Refused;
        }

        var scopes = Words(request.Find("scopes")) ?? [.. Scopes.All];
        if (scopes.Except(Scopes.All, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            await output.NoteAsync(CliTexts.Get("cli.scope-unknown", unknown, string.Join(", ", Scopes.All)));
            return ExitCodes.Refused;
        }

        var token = await tokens.CreateAsync(person.Id, name, scopes.ToValueList(), expires: null, cancellation);
        await output.ResultAsync(token.Secret);
        return ExitCodes.Done;
    }

    private async Task<Person?> FindAsync(string user, CancellationToken cancellation) =>
        long.TryParse(user, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? await people.FindAsync(new PersonId(id), cancellation)
            : await people.FindByEmailAsync(user, cancellation);

    private static string[]? Words(string? text) =>
        text?.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
