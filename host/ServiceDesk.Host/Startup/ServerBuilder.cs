namespace ServiceDesk.Host.Startup;

/// <summary>Makes the builder that the stages fill.</summary>
public static class ServerBuilder
{
    /// <summary>A builder that finds its pages and static files beside the program, whatever the working folder is.</summary>
    public static WebApplicationBuilder Create(HostOptions options)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                ApplicationName = typeof(ServerBuilder).Assembly.GetName().Name,
                ContentRootPath = ContentRoot(),
                // Nothing is reread while running, and watching would use up a machine's few inotify handles.
                Args = ["--hostBuilder:reloadConfigOnChange=false"],
            }
        );
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseUrls([.. options.Urls]);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        return builder;
    }

    /// <summary>The folder of the program; for tests, beside which no front end lies, the one that the build of the host fills.</summary>
    private static string ContentRoot()
    {
        var beside = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        var built = Path.GetFullPath($"../../ServiceDesk.Host/{Path.GetFileName(beside)}", beside);
        return !Directory.Exists(Path.Combine(beside, "wwwroot")) && Directory.Exists(Path.Combine(built, "wwwroot"))
            ? built
            : beside;
    }
}
