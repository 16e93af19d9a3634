using System.Data.Common;

namespace ServiceDesk.Host.Startup.Logging;

/// <summary>
/// Takes known secrets out of text before it is logged: a second line of defence behind not logging them, for messages of
/// libraries that quote a connection string.
/// </summary>
public sealed class SecretMask
{
    private static readonly string[] SecretNames = ["password", "pwd", "user password", "access token"];
    private volatile string[] secrets = [];

    /// <summary>Masks a value from now on. Values under four characters are left, since they would tear ordinary words.</summary>
    public void Add(string? secret)
    {
        if (secret is { Length: >= 4 })
        {
            secrets = [.. secrets, secret];
        }
    }

    /// <summary>Masks the whole connection string and the password in it.</summary>
    public void AddConnection(string? connection)
    {
        Add(connection);
        if (connection is null)
        {
            return;
        }

        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = connection };
            foreach (var name in SecretNames)
            {
                Add(parts.TryGetValue(name, out var value) ? value.ToString() : null);
            }
        }
        catch (ArgumentException)
        {
            // Not a connection string: it is masked as a whole, and opening it will say what is wrong.
        }
    }

    /// <summary>The text with every secret replaced.</summary>
    public string Apply(string text)
    {
        foreach (var secret in secrets)
        {
            text = text.Replace(secret, "***", StringComparison.Ordinal);
        }

        return text;
    }
}
