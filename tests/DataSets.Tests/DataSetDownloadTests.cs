using System.Net;
using System.Net.Sockets;
using Pipeline.Artifacts;
using Pipeline.DataSets.Download;
using Pipeline.Stages.Preprocess.DataSets;
using static Pipeline.DataSets.Tests.ScriptedServer;

namespace Pipeline.DataSets.Tests;

public sealed class DataSetDownloadTests : IDisposable
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 10_000).Select(i => (byte)(i * i / 7))];
    private static readonly DownloadSettings Quick = new()
    {
        Attempts = 2,
        Pause = TimeSpan.FromMilliseconds(1),
        Poll = TimeSpan.FromMilliseconds(5),
    };

    private readonly string folder = Directory.CreateTempSubdirectory("download-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_published_data_set_that_is_nowhere_is_downloaded_and_then_it_is_here()
    {
        using var server = new ScriptedServer(Reply("200 OK", Bytes, Bytes.Length));
        var reader = new PublishedReader(Published("a.bin", server), Published("b.bin", server));
        var output = new StringWriter();
        var locator = Locator(output);

        Assert.Equal("to be downloaded from 127.0.0.1 (0.02 MB)", locator.WouldDownload("data", reader));
        Assert.Empty(server.Requests);
        var paths = locator.Locate("data", reader);

        Assert.Equal([PathOf("data/a.bin"), PathOf("data/b.bin")], paths);
        Assert.All(paths, path => Assert.Equal(Bytes, File.ReadAllBytes(path)));
        Assert.Equal(paths, locator.TryLocate("data", reader));
        Assert.Equal(paths, locator.Locate("data", reader));
        Assert.Null(locator.WouldDownload("data", reader));
        Assert.Equal(2, server.Requests.Count);
        Assert.StartsWith(
            $"dataset data: to be downloaded from 127.0.0.1 (0.02 MB) to {PathOf("data")}",
            output.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Files_that_came_earlier_do_not_come_again()
    {
        using var server = new ScriptedServer(
            Reply("200 OK", Bytes, Bytes.Length),
            Status("404 Not Found"),
            Reply("200 OK", Bytes, Bytes.Length)
        );
        var reader = new PublishedReader(Published("a.bin", server), Published("b.bin", server));

        Assert.Throws<PipelineException>(() => Locator().Locate("data", reader));
        Assert.Equal(2, Locator().Locate("data", reader).Count);

        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public void Without_a_network_the_sentence_says_what_to_put_where()
    {
        var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        var address = new Uri($"http://{unused.LocalEndpoint}/a.bin");
        unused.Dispose();
        var reader = new PublishedReader(
            new("a.bin", address, Digest.Of(Bytes), Bytes.Length),
            new("b.bin", address, Digest.Of(Bytes), Bytes.Length)
        );

        var thrown = Assert.Throws<PipelineException>(() => Locator().Locate("data", reader));

        Assert.Matches(
            $@"^The data set 'data' is not here and can't be downloaded \({address}: .*[^.]\): put a\.bin, b\.bin into a folder and name that with --data=<folder>, or into {PathOf("data")}\.$",
            thrown.Message
        );
    }

    [Fact]
    public async Task Two_at_once_download_once()
    {
        using var release = new SemaphoreSlim(0);
        using var server = new ScriptedServer(
            async (head, connection, stopping) =>
            {
                await release.WaitAsync(stopping);
                await Reply("200 OK", Bytes, Bytes.Length)(head, connection, stopping);
            }
        );
        var reader = new PublishedReader(Published("a.bin", server));
        using var output = new WatchedWriter("waiting", () => release.Release());

        var both = await Task.WhenAll(
            Enumerable.Range(0, 2).Select(_ => Task.Run(() => Locator(output).Locate("data", reader)))
        );

        Assert.All(both, paths => Assert.Equal(Bytes, File.ReadAllBytes(paths[0])));
        Assert.Single(server.Requests);
    }

    [Fact]
    public void An_interrupted_download_goes_on_from_there()
    {
        using var server = new ScriptedServer(
            Reply("200 OK", Bytes.AsMemory(0, 4000), Bytes.Length, ["ETag: \"1\""], Silence),
            (head, connection, stopping) =>
                Rest(Bytes, (int)new FileInfo(PathOf("data/a.bin.part")).Length)(head, connection, stopping)
        );
        var reader = new PublishedReader(Published("a.bin", server));
        using var interruption = new CancellationTokenSource();
        using var output = new WatchedWriter(" of ", interruption.Cancel);

        var thrown = Assert.Throws<PipelineException>(() => Locator(output, interruption.Token).Locate("data", reader));

        Assert.StartsWith("Interrupted: ", thrown.Message, StringComparison.Ordinal);
        Assert.Null(Locator().TryLocate("data", reader));
        Assert.Equal(Bytes, File.ReadAllBytes(Locator().Locate("data", reader)[0]));
        Assert.Matches("Range: bytes=[1-9]", server.Requests[1]);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_told_with_its_remedy()
    {
        File.WriteAllText(PathOf("data"), "");
        using var server = new ScriptedServer(Reply("200 OK", Bytes, Bytes.Length));

        var thrown = Assert.Throws<PipelineException>(() =>
            Locator().Locate("data", new PublishedReader(Published("a.bin", server)))
        );

        Assert.StartsWith($"{PathOf("data")} can't be written (", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("--cache", thrown.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void A_part_that_cannot_be_written_is_no_failure_of_the_network()
    {
        Directory.CreateDirectory(PathOf("data/a.bin.part"));
        using var server = new ScriptedServer(Reply("200 OK", Bytes, Bytes.Length));

        var thrown = Assert.Throws<PipelineException>(() =>
            Locator().Locate("data", new PublishedReader(Published("a.bin", server)))
        );

        Assert.StartsWith($"{PathOf("data")} can't be written (", thrown.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public void Each_tenth_is_told_once()
    {
        var output = new StringWriter();
        PublishedFile[] files =
        [
            new("a", new("https://example.org/a"), "", 60_000_000),
            new("b", new("https://example.org/b"), "", 40_000_000),
        ];
        var progress = new DownloadProgress("data", files, output);

        for (var i = 0; i <= 60; i++)
            progress.At(files[0], i * 1_000_000);
        progress.At(files[1], 39_999_999);
        progress.At(files[1], 40_000_000);

        Assert.Equal(
            new[] { "10.0", "20.0", "30.0", "40.0", "50.0", "60.0", "100.0", "100.0" }.Select(size =>
                $"dataset data: {size} MB of 100.0 MB"
            ),
            output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)
        );
    }

    [Fact]
    public void A_cache_that_is_only_read_takes_no_download_but_gives_what_it_has()
    {
        var places = new DataSetPlaces(folder, null, PathOf("cache"), CacheIsReadOnly: true);
        var reader = new PublishedReader(new PublishedFile("not-anywhere.bin", new("https://example.invalid/"), "", 1));
        var locator = DataSetLocator.For(places, TextWriter.Null, CancellationToken.None);

        Assert.Null(locator.WouldDownload("data", reader));
        Assert.Throws<PipelineException>(() => locator.Locate("data", reader));
        Assert.NotNull(
            DataSetLocator
                .For(places with { CacheIsReadOnly = false }, TextWriter.Null, CancellationToken.None)
                .WouldDownload("data", reader)
        );

        Directory.CreateDirectory(PathOf("cache/data/data"));
        File.WriteAllText(PathOf("cache/data/data/not-anywhere.bin"), "");
        Assert.Equal([PathOf("cache/data/data/not-anywhere.bin")], locator.Locate("data", reader));
    }

    [Fact]
    public void What_the_catalogue_publishes_is_whole_and_over_https() =>
        Assert.All(
            DataSetReaderCatalogue
                .Names.Select(name => DataSetLocator.Reader(DataSetLocator.StudyName(name)))
                .Where(reader => reader.Published.Count > 0),
            reader =>
            {
                Assert.Equal(reader.Files, reader.Published.Select(file => file.Name));
                Assert.All(
                    reader.Published,
                    file =>
                    {
                        Assert.Equal(Uri.UriSchemeHttps, file.Address.Scheme);
                        Assert.EndsWith("/" + file.Name, file.Address.AbsolutePath, StringComparison.Ordinal);
                        Assert.True(Digest.IsWellFormed(file.Sha256));
                        Assert.True(file.Length > 0);
                    }
                );
            }
        );

    private static PublishedFile Published(string name, ScriptedServer server) =>
        new(name, server.Address, Digest.Of(Bytes), Bytes.Length);

    private string PathOf(string relative) => Path.Combine(folder, relative);

    private DataSetLocator Locator(TextWriter? output = null, CancellationToken cancellation = default) =>
        new([folder], new DataSetDownload(folder, Quick, output ?? TextWriter.Null, cancellation));

    private sealed class PublishedReader(params PublishedFile[] files) : DataSetReader
    {
        public override IReadOnlyList<string> Files { get; } = [.. files.Select(file => file.Name)];

        public override string Remedy => "get it";

        public override IReadOnlyList<PublishedFile> Published => files;

        public override IReadOnlyList<int>? Shape => null;

        public override DataSet Read(IReadOnlyList<string> paths, CancellationToken cancellation = default) =>
            throw new NotSupportedException();
    }

    /// <summary>Does something when a line with a text is written.</summary>
    private sealed class WatchedWriter(string text, Action seen) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            if (value?.Contains(text, StringComparison.Ordinal) == true)
                seen();
        }
    }
}
