import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.JSON;
import org.openapitools.client.api.ChatApi;
import org.openapitools.client.api.MessagesApi;
import org.openapitools.client.api.ModelsApi;
import org.openapitools.client.model.ChatChoice;
import org.openapitools.client.model.ChatChunk;
import org.openapitools.client.model.ChatFunctionCall;
import org.openapitools.client.model.ChatRequest;
import org.openapitools.client.model.ChatToolCall;
import org.openapitools.client.model.ErrorBody;
import org.openapitools.client.model.Message;
import org.openapitools.client.model.MessageAnswerText;
import org.openapitools.client.model.MessageAnswerThinking;
import org.openapitools.client.model.MessageAnswerToolUse;
import org.openapitools.client.model.MessageDeltaEvent;
import org.openapitools.client.model.MessageRequest;
import org.openapitools.client.model.MessageStreamEvent;
import org.openapitools.client.model.WafError;

/** Has the client that OpenAPI Generator made talk to the running mock. */
class Talk {
  interface Test {
    void run() throws Exception;
  }

  static String url;

  public static void main(String[] args) throws Exception {
    url = args[0];
    var cases = read(Path.of(args[1], "cases.json"));
    var errors = read(Path.of(args[1], "made/errors.json"));
    new JSON(); // registers what reads unions
    for (var one : cases) {
      var name = one.get("name").getAsString();
      var isChat = one.get("format").getAsString().equals("chat");
      test(name, () -> { if (isChat) testChat(one); else testMessage(one); });
      test(name + ", streamed", () -> { if (isChat) testChatStream(one); else testMessageStream(one); });
    }
    for (var error : errors) {
      test("the error " + error.get("name").getAsString(), () -> testError(error, cases.get(0)));
    }
    test("the models", Talk::testModels);
    System.out.println("done");
    System.exit(0); // okhttp's threads would linger
  }

  static void testChat(JsonObject one) throws Exception {
    var body = ChatRequest.fromJson(one.get("body").toString());
    var choice = new ChatApi(connect(null)).createChatCompletion(body).getChoices().get(0);
    equal(one.get("ends").getAsString(), choice.getFinishReason().getValue());
    equal(new TreeSet<>(listHas(one)), new TreeSet<>(listMembers(choice)));
    var calls = choice.getMessage().getToolCalls();
    if (listHas(one).contains("tool_calls")) {
      equal(List.of("get_weather", "get_time"), calls.stream().map(Talk::nameOf).toList());
    }
  }

  static void testMessage(JsonObject one) throws Exception {
    var body = MessageRequest.fromJson(one.get("body").toString());
    Message message = new MessagesApi(connect(null)).createMessage(body);
    equal(one.get("ends").getAsString(), message.getStopReason().getValue());
    var kinds = message.getContent().stream().map((block) -> kindOf(block.getActualInstance()));
    equal(listHas(one), kinds.distinct().toList());
  }

  static void testChatStream(JsonObject one) throws Exception {
    var ends = new StringBuilder();
    for (var payload : stream(one, "/openai/v1/chat/completions")) {
      for (var choice : ChatChunk.fromJson(payload).getChoices()) {
        if (choice.getFinishReason() != null) ends.append(choice.getFinishReason().getValue());
      }
    }
    equal(one.get("ends").getAsString(), ends.toString());
  }

  static void testMessageStream(JsonObject one) throws Exception {
    var ends = new StringBuilder();
    for (var payload : stream(one, "/anthropic/v1/messages")) {
      var event = MessageStreamEvent.fromJson(payload).getActualInstance();
      if (event instanceof MessageDeltaEvent delta) ends.append(delta.getDelta().getStopReason().getValue());
    }
    equal(one.get("ends").getAsString(), ends.toString());
  }

  static void testError(JsonObject error, JsonObject one) throws Exception {
    var body = ChatRequest.fromJson(one.get("body").toString());
    var api = new ChatApi(connect("the-error-" + error.get("name").getAsString()));
    try {
      api.createChatCompletion(body);
    } catch (ApiException refusal) {
      equal(error.get("status").getAsInt(), refusal.getCode());
      var text = refusal.getResponseBody();
      if (refusal.getCode() == 456) WafError.fromJson(text);
      else if (error.get("type").getAsString().equals("application/json")) ErrorBody.fromJson(text);
      else equal(true, text.contains("openresty"));
      return;
    }
    throw new AssertionError("There was no error.");
  }

  static void testModels() throws Exception {
    var api = new ModelsApi(connect(null));
    equal("LongCat-2.0", api.listModels().getData().get(0).getId());
    equal(1_048_576, api.getModel("LongCat-2.0").getContextLength());
  }

  static ApiClient connect(String scenario) {
    var client = new ApiClient().setBasePath(url);
    client.setBearerToken("any");
    if (scenario != null) client.addDefaultHeader("x-longcat-mock-scenario", scenario);
    return client;
  }

  /** The payloads of a stream, but [DONE]. The generated calls read whole answers alone. */
  static List<String> stream(JsonObject one, String path) throws Exception {
    var body = one.getAsJsonObject("body").deepCopy();
    body.addProperty("stream", true);
    var request = HttpRequest.newBuilder(URI.create(url + path))
        .header("Authorization", "Bearer any")
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
        .build();
    var lines = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines()).body();
    return lines.filter((line) -> line.startsWith("data: "))
        .map((line) -> line.substring("data: ".length()))
        .filter(Predicate.not("[DONE]"::equals))
        .toList();
  }

  static List<String> listMembers(ChatChoice choice) {
    var found = new ArrayList<String>();
    var message = choice.getMessage();
    if (message.getContent() != null) found.add("content");
    if (message.getReasoningContent() != null) found.add("reasoning_content");
    if (message.getToolCalls() != null && !message.getToolCalls().isEmpty()) found.add("tool_calls");
    if (choice.getLogprobs() != null) found.add("logprobs");
    return found;
  }

  static String nameOf(ChatToolCall call) {
    return ((ChatFunctionCall) call.getActualInstance()).getFunction().getName();
  }

  static String kindOf(Object block) {
    if (block instanceof MessageAnswerText text) return text.getType().getValue();
    if (block instanceof MessageAnswerThinking thinking) return thinking.getType().getValue();
    return ((MessageAnswerToolUse) block).getType().getValue();
  }

  static List<String> listHas(JsonObject one) {
    return one.getAsJsonArray("has").asList().stream().map(JsonElement::getAsString).toList();
  }

  static List<JsonObject> read(Path path) throws Exception {
    var list = JsonParser.parseString(Files.readString(path)).getAsJsonArray();
    return list.asList().stream().map(JsonElement::getAsJsonObject).toList();
  }

  static void test(String name, Test test) {
    try {
      test.run();
      System.out.println("ok: " + name);
    } catch (Exception | AssertionError error) {
      System.out.println("not ok: " + name + "\n" + error);
    }
  }

  static void equal(Object expected, Object found) {
    if (!expected.equals(found)) throw new AssertionError(found + " is not " + expected);
  }
}
