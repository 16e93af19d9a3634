using System.Globalization;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Display;

namespace ServiceDesk.Host.Startup.Logging;

/// <summary>Writes log events as lines to a stream of the console, without the secrets that are masked.</summary>
public sealed class ConsoleSink(TextWriter writer, SecretMask mask) : ILogEventSink
{
    private const string Template =
        "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3} {SourceContext}: {Message:lj}{NewLine}{Exception}";

    private readonly MessageTemplateTextFormatter formatter = new(Template, CultureInfo.InvariantCulture);
    private readonly Lock gate = new();

    public void Emit(LogEvent logEvent)
    {
        using var line = new StringWriter(CultureInfo.InvariantCulture);
        formatter.Format(logEvent, line);
        lock (gate)
        {
            writer.Write(mask.Apply(line.ToString()));
            writer.Flush();
        }
    }
}
