using System.Globalization;
using System.Text;
using Pipeline.Artifacts;

namespace Pipeline.Caching;

/// <summary>
/// What the commands that work on one cache at the same time are at, so that none does what another does already. Each has a file below
/// <c>claims/</c>: its host and process, then the digest of a key a line, behind a minus where the key is given back. It is a courtesy
/// and no lock: who finds a claim does something else first, who died or gave no sign of life for a minute claims nothing, and who can't
/// write a file goes on without. No result depends on it. Safe for several threads at once.
/// </summary>
public sealed class RunClaims : IDisposable
{
    /// <summary>The folder of claims in a cache.</summary>
    internal const string Folder = "claims";

    private const char GivenBack = '-';

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    private readonly string folder;
    private readonly string name = AtomicFile.NewName();
    private readonly string host;
    private readonly Lock gate = new();
    private readonly HashSet<string> listed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OtherClaims> others = new(StringComparer.Ordinal);
    private readonly Timer? beat;
    private FileStream? own;

    /// <summary>Claims nothing yet.</summary>
    /// <param name="folder">The folder of claims; made where it is missing.</param>
    /// <param name="host">The name of this machine.</param>
    internal RunClaims(string folder, string host)
    {
        (this.folder, this.host) = (folder, host);
        try
        {
            Directory.CreateDirectory(folder);
            // Others may read it, but not alone: by that they know that this command lives.
            own = new(OwnPath, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 1);
            Append(string.Create(CultureInfo.InvariantCulture, $"{host} {Environment.ProcessId}\n"));
            beat = new(_ => Append("\n"), null, Beat, Beat);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            own = null;
        }
    }

    private string OwnPath => Path.Combine(folder, name);

    /// <summary>Claims what no other command is at.</summary>
    /// <param name="keys">Digests of keys.</param>
    /// <returns>Those that are this command's now, in their order.</returns>
    public IReadOnlyList<string> Take(IReadOnlyList<string> keys)
    {
        lock (gate)
        {
            if (own is null)
                return keys;
            Look();
            // Who lost a key to another that has gone since has it still on the list, as may others.
            string[] free =
            [
                .. keys.Where(key => HolderOf(key) is not { } other || (listed.Contains(key) && IsBefore(other))),
            ];
            string[] added = Array.FindAll(free, listed.Add);
            if (added.Length > 0)
                Append(string.Concat(added.Select(key => key + "\n")));
            // Of two that claimed the same at once the first by name has it.
            Look();
            return Array.FindAll(free, key => HolderOf(key) is not { } other || IsBefore(other));
        }
    }

    /// <summary>Gives one claim back, of what will not be stored: others need not wait for it any longer.</summary>
    /// <param name="key">The digest of a key.</param>
    public void GiveBack(string key)
    {
        lock (gate)
        {
            if (listed.Remove(key))
                Append($"{GivenBack}{key}\n");
        }
    }

    /// <summary>Who else is at a key, as a message says it; null for nobody.</summary>
    public string? Holder(string key)
    {
        lock (gate)
            return HolderOf(key)?.Command;
    }

    /// <summary>Gives all claims back.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            beat?.Dispose();
            if (own is null)
                return;
            own.Dispose();
            own = null;
            try
            {
                File.Delete(OwnPath);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Nobody has it open for writing any more, so it claims nothing.
            }
        }
    }

    private void Append(string text)
    {
        lock (gate)
        {
            try
            {
                own?.Write(Encoding.UTF8.GetBytes(text));
                own?.Flush();
            }
            catch (IOException)
            {
                // There is no room: others see less than all of it.
            }
        }
    }

    // Reads what others wrote since the last look.
    private void Look()
    {
        try
        {
            var files = new DirectoryInfo(folder).GetFiles();
            foreach (var gone in others.Keys.Except(files.Select(file => file.Name), StringComparer.Ordinal).ToList())
                others.Remove(gone);
            foreach (var file in files.Where(file => file.Name != name && AtomicFile.IsName(file.Name)))
            {
                if (!others.TryGetValue(file.Name, out var other))
                    others.Add(file.Name, other = new(file));
                other.ReadOn(file);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What is known already has to do.
        }
    }

    private bool IsBefore(OtherClaims other) => string.CompareOrdinal(name, other.Name) < 0;

    private OtherClaims? HolderOf(string key) =>
        others.Values.Where(other => other.Has(key) && Lives(other)).MinBy(other => other.Name, StringComparer.Ordinal);

    // Times are compared with that of the own file, since clocks of machines differ; that of the file system is one.
    private bool Lives(OtherClaims other)
    {
        try
        {
            if (File.GetLastWriteTimeUtc(OwnPath) - File.GetLastWriteTimeUtc(other.Path) > Silence)
                return false;
            if (!other.Command.StartsWith(host + " ", StringComparison.Ordinal))
                return true;
            using (new FileStream(other.Path, FileMode.Open, FileAccess.Read, FileShare.None)) { }
            File.Delete(other.Path);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true; // it has the file open
        }
    }

    private sealed class OtherClaims(FileInfo file)
    {
        private readonly HashSet<string> keys = new(StringComparer.Ordinal);
        private string rest = "";
        private long read;

        public string Name => file.Name;

        public string Path => file.FullName;

        // Host and process, once they were read.
        public string Command { get; private set; } = "";

        public bool Has(string key) => keys.Contains(key);

        public void ReadOn(FileInfo now)
        {
            if (now.Length <= read)
                return;
            using var stream = new FileStream(
                Path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            stream.Position = read;
            var bytes = new byte[now.Length - read];
            read += stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var lines = (rest + Encoding.UTF8.GetString(bytes)).Split('\n');
            rest = lines[^1];
            foreach (var line in lines.AsSpan()[..^1])
            {
                if (Command.Length == 0)
                    Command = line;
                else if (Digest.IsWellFormed(line))
                    keys.Add(line);
                else if (line.StartsWith(GivenBack))
                    keys.Remove(line[1..]);
            }
        }
    }
}
