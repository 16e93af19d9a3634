using System.Diagnostics;
using ServiceDesk.Host.Plugins.Quarantine;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Host.Tests.Plugins;

public class QuarantineTests
{
    [Fact]
    public void A_crash_is_remembered_until_the_quarantine_is_ended()
    {
        using var yard = new PluginYard("throws-at-start");
        yard.Load();
        // What made it crash is gone now, but nobody knows that yet.
        Directory.Delete(Path.Combine(yard.Installed, "throws-at-start"), recursive: true);
        yard.Install("good", "throws-at-start");
        Rename(yard);

        Assert.Equal(PluginLoadState.Crashed, yard.Load().Find("throws-at-start")!.State);

        yard.NewMarks().EndQuarantine("throws-at-start");
        var tried = yard.Load().Find("throws-at-start")!;
        Assert.NotEqual("plugins.reason.threw", tried.Reason!.Code);
    }

    [Fact]
    public void A_plugin_that_ended_the_process_while_it_loaded_is_kept_out_at_the_next_start()
    {
        using var yard = new PluginYard("good");
        using (yard.NewMarks().Loading("good"))
        {
            var plugin = Assert.Single(yard.Load().All);

            Assert.Equal(PluginLoadState.Crashed, plugin.State);
            Assert.Equal("plugins.reason.killed-the-process", plugin.Reason!.Code);
        }

        Assert.Equal(PluginLoadState.Loaded, Assert.Single(yard.Load().All).State);
    }

    [Fact]
    public void A_plugin_that_really_ends_the_process_is_known_to_the_next_process()
    {
        using var yard = new PluginYard("ends-the-process", "good");
        using var process = Process.Start(
            new ProcessStartInfo("dotnet")
            {
                ArgumentList =
                {
                    Path.Combine(AppContext.BaseDirectory, "ServiceDesk.Host.dll"),
                    "--data",
                    Path.GetDirectoryName(yard.Installed)!,
                    "--urls",
                    "http://127.0.0.1:0",
                },
                Environment = { ["SERVICEDESK__PLUGINS"] = yard.Installed, ["DOTNET_DbgEnableMiniDump"] = "0" },
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        process.StandardError.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)));
        Assert.NotEqual(0, process.ExitCode);

        var marks = new PluginMarks(Path.Combine(Path.GetDirectoryName(yard.Installed)!, "plugin-marks"));
        Assert.Equal("plugins.reason.killed-the-process", marks.Quarantine("ends-the-process")!.Code);
        Assert.Null(marks.Quarantine("good"));
    }

    [Fact]
    public void A_plugin_that_is_switched_off_is_disabled_and_can_be_switched_on_again()
    {
        using var yard = new PluginYard("good");
        yard.NewMarks().SetDisabled("good", disabled: true);

        Assert.Equal(PluginLoadState.Disabled, Assert.Single(yard.Load().All).State);

        yard.NewMarks().SetDisabled("good", disabled: false);
        Assert.Equal(PluginLoadState.Loaded, Assert.Single(yard.Load().All).State);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public void Every_state_is_told_in_a_sentence_of_each_language(string language)
    {
        var texts = new TextCatalogue([]);
        using var yard = new PluginYard("throws-at-start", "needs-newer-sdk", "route-without-policy", "dependent");

        foreach (var plugin in yard.Load().All)
        {
            var sentence = Sentence.Fill(texts.Find(language, plugin.Reason!.Code)!, [.. plugin.Reason.Arguments]);
            Assert.DoesNotContain('{', sentence);
            Assert.True(sentence.Length > 15, sentence);
        }
    }

    private static void Rename(PluginYard yard)
    {
        var path = Path.Combine(yard.Installed, "throws-at-start", "plugin.json");
        File.WriteAllText(
            path,
            File.ReadAllText(path).Replace("\"good\"", "\"throws-at-start\"", StringComparison.Ordinal)
        );
    }
}
